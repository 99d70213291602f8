import type { IncomingMessage, OutgoingHttpHeaders, RequestListener, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { sessionCookieName } from "#app/auth/session-cookie.server.ts";
import { contentGeneration } from "#app/server/content-changes.server.ts";
import { etagOf, isUnchanged } from "#app/server/unchanged.server.ts";

interface KeptPage {
  headers: OutgoingHttpHeaders;
  etag: string;
  lastModified: Date | undefined;
  bodies: Map<Encoding, Buffer>;
  generation: number;
  /** of `performance.now()` */
  keptAt: number;
}

type Encoding = "br" | "gzip" | "identity";

/** A page that says "5m" may say so for this long; what people write shows at once, by the generation. */
const maxAgeMs = 30_000;
const maxPages = 300;
const maxPageBytes = 200_000;
const maxUrlLength = 200;
/** For somebody else's rendering of the same page. */
const maxWaitMs = 1_000;

/** What the application says of a page that is the same for every visitor: see middleware/security-headers. */
const forEveryone = "public, max-age=0, must-revalidate";

/**
 * Whole pages for visitors, kept compressed and answered before the application is entered. A page is dropped as soon
 * as anything on the site has changed, and rendered once when many ask at the same time. Whoever has a session, and
 * every page with a cookie or a nonce of its own, passes by.
 */
export class PageCache {
  private pages = new Map<string, KeptPage>();
  private rendering = new Map<string, Promise<KeptPage | null>>();

  /** Answers with the kept page, if there is one. */
  answer(request: IncomingMessage, response: ServerResponse): boolean {
    const generation = contentGeneration();
    if (generation === null || !isVisit(request)) return false;
    const page = this.pages.get(request.url ?? "");
    if (!page || !isFresh(page, generation)) return false;
    void send(page, request, response);
    return true;
  }

  /** The application, of whose answers those that are the same for every visitor are kept. */
  keepingPagesOf(application: RequestListener): RequestListener {
    return async (request, response) => {
      const generation = contentGeneration();
      if (generation === null || !isVisit(request)) return void application(request, response);
      const url = request.url ?? "";
      // Nobody waits for a rendering that began before the latest change.
      const turn = `${generation} ${url}`;
      const underWay = this.rendering.get(turn);
      if (underWay) {
        // Its asker may be slow to read, and then the others have it rendered again.
        const page = await Promise.race([underWay, sleep(maxWaitMs, null, { ref: false })]);
        return page ? send(page, request, response) : void application(request, response);
      }
      const captured = capture(request, response, application, generation);
      this.rendering.set(turn, captured);
      const page = await captured.finally(() => this.rendering.delete(turn));
      if (page && page.generation === contentGeneration()) this.keep(url, page);
    };
  }

  private keep(url: string, page: KeptPage): void {
    this.pages.delete(url);
    this.pages.set(url, page);
    for (const oldest of this.pages.keys()) {
      if (this.pages.size <= maxPages) break;
      this.pages.delete(oldest);
    }
  }
}

function isVisit({ method, url = "", headers }: IncomingMessage): boolean {
  return method === "GET" && url.length <= maxUrlLength && !headers.cookie?.includes(sessionCookieName());
}

function isFresh(page: KeptPage, generation: number): boolean {
  return page.generation === generation && performance.now() - page.keptAt < maxAgeMs;
}

/** Lets the application answer, and returns what it answered when that is the same for every visitor. */
function capture(
  request: IncomingMessage,
  response: ServerResponse,
  application: RequestListener,
  generation: number,
): Promise<KeptPage | null> {
  const parts: Buffer[] = [];
  const { write, end } = response;
  const collect = (chunk: unknown) => {
    if (typeof chunk === "string" || chunk instanceof Uint8Array) parts.push(Buffer.from(chunk));
  };
  return new Promise((resolve) => {
    // The two are called with whatever node:http takes; the chunk comes first.
    response.write = ((...args: Parameters<typeof write>) => {
      collect(args[0]);
      return write.apply(response, args);
    }) as typeof write;
    response.end = ((...args: Parameters<typeof end>) => {
      collect(args[0]);
      const ended = end.apply(response, args);
      // The page is whole now, however slowly this asker reads it: nobody else waits for that.
      resolve(pageOf(response, parts, generation));
      return ended;
    }) as typeof end;
    response.once("close", () => resolve(null));
    application(request, response);
  });
}

function pageOf(response: ServerResponse, parts: Buffer[], generation: number): KeptPage | null {
  const headers = response.getHeaders();
  for (const ofThisAnswer of ["transfer-encoding", "connection", "date", "x-request-id", "content-encoding", "vary"]) {
    delete headers[ofThisAnswer];
  }
  if (response.statusCode !== 200 || headers["set-cookie"] || headers["cache-control"] !== forEveryone) return null;
  if (!String(headers["content-security-policy"]).includes("script-src 'none'")) return null;
  const body = Buffer.concat(parts);
  if (body.length > maxPageBytes) return null;
  const lastModified = headers["last-modified"] ? new Date(String(headers["last-modified"])) : undefined;
  return {
    headers,
    // A page that reads as before a change elsewhere is the same page.
    etag: etagOf(body),
    lastModified,
    bodies: new Map([["identity", body]]),
    generation,
    keptAt: performance.now(),
  };
}

async function send(page: KeptPage, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const headers = { ...page.headers, ETag: page.etag, Vary: "Cookie, Accept-Encoding" };
  const { "if-none-match": ifNoneMatch, "if-modified-since": ifModifiedSince } = request.headers;
  if (isUnchanged({ ifNoneMatch, ifModifiedSince }, page)) {
    response.writeHead(304, headers).end();
    return;
  }
  const encoding = encodingFor(request.headers["accept-encoding"] ?? "");
  const body = page.bodies.get(encoding) ?? (await compress(page, encoding));
  const encoded = encoding === "identity" ? {} : { "Content-Encoding": encoding };
  response.writeHead(200, { ...headers, ...encoded, "Content-Length": body.length }).end(body);
}

function encodingFor(accepted: string): Encoding {
  return /\bbr\b/.test(accepted) ? "br" : /\bgzip\b/.test(accepted) ? "gzip" : "identity";
}

async function compress(page: KeptPage, encoding: Encoding): Promise<Buffer> {
  const body = page.bodies.get("identity") ?? Buffer.alloc(0);
  const compressed =
    encoding === "br"
      ? await promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
      : await promisify(gzip)(body, { level: 6 });
  page.bodies.set(encoding, compressed);
  return compressed;
}
