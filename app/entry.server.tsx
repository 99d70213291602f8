import { randomBytes } from "node:crypto";
import { PassThrough } from "node:stream";
import { createReadableStreamFromReadable } from "@react-router/node";
import { isbot } from "isbot";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { type EntryContext, type HandleErrorFunction, isRouteErrorResponse, ServerRouter } from "react-router";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";
import { requestScope } from "#app/server/request-scope.server.ts";
import { shipsScripts } from "#app/site/page-scripts.ts";
import { RequestIdContext } from "#app/site/request-id.ts";

export const streamTimeout = 5_000;

/**
 * A visitor's reading page has no script, no nonce and nothing to wait for: it is rendered in one go, the
 * same for everyone. A page with scripts is streamed, and its policy lets only its own scripts run.
 */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> | Response {
  headers.set("Content-Type", "text/html; charset=utf-8");
  if (!shipsScripts(context.staticHandlerContext, context.routeModules)) {
    headers.set("Content-Security-Policy", contentSecurityPolicy(null));
    headers.set("Speculation-Rules", '"/speculation-rules.json"');
    const html = renderToString(page(request, context));
    return new Response(`<!DOCTYPE html>${html}`, { status, headers });
  }
  const nonce = randomBytes(16).toString("base64url");
  headers.set("Content-Security-Policy", contentSecurityPolicy(nonce));
  return stream(request, status, headers, context, nonce);
}

function stream(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  nonce: string,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    let started = false;
    const readyEvent = isbot(request.headers.get("user-agent")) ? "onAllReady" : "onShellReady";
    const { pipe, abort } = renderToPipeableStream(page(request, context, nonce), {
      nonce,
      [readyEvent]() {
        started = true;
        const body = new PassThrough();
        resolve(new Response(createReadableStreamFromReadable(body), { status, headers }));
        pipe(body);
      },
      onShellError: reject,
      onError(error: unknown) {
        if (started) log.error({ err: error, id: requestScope()?.id }, "a page broke while it was streamed");
      },
    });
    setTimeout(abort, streamTimeout + 1_000).unref();
  });
}

function page(request: Request, context: EntryContext, nonce?: string) {
  return (
    <RequestIdContext value={requestScope()?.id ?? null}>
      <ServerRouter context={context} url={request.url} nonce={nonce} />
    </RequestIdContext>
  );
}

function contentSecurityPolicy(nonce: string | null): string {
  const developing = settings().command === "dev";
  return [
    "default-src 'none'",
    nonce ? `script-src 'nonce-${nonce}' 'strict-dynamic'` : "script-src 'none'",
    // Vite's development server puts styles into the page and talks back through a socket.
    developing ? "style-src 'self' 'unsafe-inline'" : "style-src 'self'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    developing ? "connect-src 'self' ws:" : "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
    "base-uri 'none'",
  ].join("; ");
}

export const handleError: HandleErrorFunction = (error, { request }) => {
  if (request.signal.aborted || (isRouteErrorResponse(error) && error.status < 500)) return;
  log.error(
    { err: error, id: requestScope()?.id, method: request.method, path: new URL(request.url).pathname },
    "a request failed",
  );
};
