import { randomBytes } from "node:crypto";
import { renderToString } from "react-dom/server";
import {
  type EntryContext,
  type HandleErrorFunction,
  isRouteErrorResponse,
  type RouterContextProvider,
  ServerRouter,
} from "react-router";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";
import { requestScope } from "#app/server/request-scope.server.ts";
import { shipsScripts } from "#app/site/page-scripts.ts";
import { RequestIdContext } from "#app/site/request-id.ts";
import { findRootData } from "#app/site/root-data.server.ts";
import { RefusalContext } from "#app/site/root-data.ts";
import { isToBeFound } from "#app/site/search-engines.ts";

export const streamTimeout = 5_000;

/**
 * A visitor's reading page has no script and no nonce: it is the same for everyone. The policy of a page with scripts
 * lets only its own scripts run.
 */
export default async function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
  loadContext: RouterContextProvider,
): Promise<Response> {
  headers.set("Content-Type", "text/html; charset=utf-8");
  if (!isToBeFound(new URL(request.url))) headers.set("X-Robots-Tag", "noindex");
  const refused = context.staticHandlerContext.loaderData.root ? null : await findRootData(loadContext);
  if (!shipsScripts(context.staticHandlerContext, context.routeModules)) {
    headers.set("Content-Security-Policy", contentSecurityPolicy(null));
    if (status === 200) headers.set("Speculation-Rules", '"/speculation-rules.json"');
    const html = renderToString(<RefusalContext value={refused}>{page(request, context)}</RefusalContext>);
    return new Response(`<!DOCTYPE html>${html}`, { status, headers });
  }
  const nonce = randomBytes(16).toString("base64url");
  headers.set("Content-Security-Policy", contentSecurityPolicy(nonce));
  const html = await renderWithScripts(request, context, nonce);
  return new Response(`<!DOCTYPE html>${html}`, { status, headers });
}

/**
 * No page waits for anything while it is rendered, so that it is rendered to a string: that takes half the time of the
 * stream. React Router sends what the loaders gave through a part of the stream that waits; here the scripts of that
 * part are written behind the page, as one.
 */
async function renderWithScripts(request: Request, context: EntryContext, nonce: string): Promise<string> {
  const { serverHandoffStream, ...withoutStream } = context;
  const html = renderToString(page(request, withoutStream, nonce));
  const data = await new Response(serverHandoffStream).text();
  if (!context.renderMeta?.didRenderScripts) return html;
  const literal = JSON.stringify(data).replaceAll("<", "\\u003c");
  const handoff = `<script nonce="${nonce}">{const to=window.__reactRouterContext.streamController;to.enqueue(${literal});to.close()}</script>`;
  return html.replace(/<\/body><\/html>$/, () => `${handoff}</body></html>`);
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
    nonce ? "worker-src 'self'" : "worker-src 'none'",
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
