import { etagOf, isUnchanged } from "#app/server/unchanged.server.ts";

interface DocumentOptions {
  /** with its charset */
  type: string;
  lastModified?: Date | undefined;
  headers?: Record<string, string>;
}

/**
 * Answers with a document for machines that is the same for everyone: with an ETag of its bytes, with 304 for who has
 * it, and kept with the visitors' pages until anything changes (the cache keeps what says that it runs no script).
 */
export function answerDocument(request: Request, body: string, { type, lastModified, headers }: DocumentOptions) {
  const etag = etagOf(body);
  const all = {
    ETag: etag,
    ...(lastModified && { "Last-Modified": lastModified.toUTCString() }),
    "Content-Security-Policy": "default-src 'none'; script-src 'none'; frame-ancestors 'none'; base-uri 'none'",
    "Access-Control-Allow-Origin": "*",
    ...headers,
  };
  const held = {
    ifNoneMatch: request.headers.get("if-none-match"),
    ifModifiedSince: request.headers.get("if-modified-since"),
  };
  if (isUnchanged(held, { etag, lastModified })) return new Response(null, { status: 304, headers: all });
  return new Response(body, { headers: { ...all, "Content-Type": type } });
}
