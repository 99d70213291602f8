import type { MiddlewareFunction } from "react-router";
import { log } from "#app/server/log.server.ts";
import { requestScope } from "#app/server/request-scope.server.ts";

/** One line a request: the path without its query, which may hold what nobody should read. */
export const requestLog: MiddlewareFunction<Response> = async ({ request, url }, next) => {
  const started = performance.now();
  const response = await next();
  const scope = requestScope();
  log.info({
    id: scope?.id,
    method: request.method,
    path: url.pathname,
    status: response.status,
    ms: Math.round((performance.now() - started) * 10) / 10,
    statements: scope?.statements.length,
  });
  if (scope) response.headers.set("X-Request-Id", scope.id);
  return response;
};
