import { randomUUID } from "node:crypto";
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router";
import { asItsPageSends } from "#app/auth/strangers/test-forms.ts";
import { type RequestScope, withRequestScope } from "#app/server/request-scope.server.ts";

export interface TestRequest {
  method?: "GET" | "HEAD" | "POST";
  /** sent as a form; a File makes it multipart */
  form?: Record<string, string | File | undefined>;
  cookie?: string;
  headers?: Record<string, string>;
  /** the address that the request comes from */
  from?: string;
  beforeStatement?: RequestScope["beforeStatement"];
}

export interface TestResponse {
  status: number;
  headers: Headers;
  body: string;
  /** the SQL that the request sent */
  statements: string[];
  /** the cookies that it set, as a Cookie header */
  cookie: string;
}

export const siteUrl = "http://localhost:3000";

let handler: ReturnType<typeof createRequestHandler> | undefined;

/** Sends a request to the application in this process: middleware, loader, action and HTML, without a socket. */
export async function send(
  path: string,
  { method, form, cookie, headers, from, beforeStatement }: TestRequest = {},
): Promise<TestResponse> {
  handler ??= createRequestHandler((await import("virtual:react-router/server-build")) as ServerBuild, "production");
  const request = new Request(siteUrl + path, {
    method: method ?? (form ? "POST" : "GET"),
    body: form && bodyOf(asItsPageSends(path, form)),
    headers: { ...(cookie && { Cookie: cookie }), ...(form && { Origin: siteUrl }), ...headers },
  });
  const scope: RequestScope = { id: randomUUID(), clientAddress: from ?? "192.0.2.1", statements: [], beforeStatement };
  return withRequestScope(scope, async () => {
    const response = await handler?.(request, new RouterContextProvider());
    if (!response) throw new Error("no response");
    const body = await response.text();
    const cookies = response.headers.getSetCookie().map((each) => each.split(";")[0]);
    return {
      status: response.status,
      headers: response.headers,
      body,
      statements: scope.statements,
      cookie: cookies.join("; "),
    };
  });
}

function bodyOf(form: NonNullable<TestRequest["form"]>): FormData | URLSearchParams {
  const entries = Object.entries(form).filter((entry): entry is [string, string | File] => entry[1] !== undefined);
  const body = entries.some(([, value]) => value instanceof File) ? new FormData() : new URLSearchParams();
  for (const [name, value] of entries) body.append(name, value as string); // URLSearchParams only gets strings
  return body;
}
