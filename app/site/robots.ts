/** Everything that visitors read may be indexed; forms, settings and staff pages need not be. */
export function loader() {
  const lines = [
    "User-agent: *",
    ...["/admin", "/settings", "/join", "/sign-in", "/api/"].map((path) => `Disallow: ${path}`),
  ];
  return new Response(`${lines.join("\n")}\n`, { headers: { "Content-Type": "text/plain; charset=utf-8" } });
}
