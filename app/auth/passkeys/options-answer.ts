/** What a script asks the browser with, as JSON, bound to this browser by a cookie. */
export function answerOptions({ options, cookie }: { options: object; cookie: string }): Response {
  return Response.json(options, { headers: { "Set-Cookie": cookie, "Cache-Control": "no-store" } });
}
