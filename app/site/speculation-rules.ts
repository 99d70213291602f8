/**
 * What a browser may fetch before it is asked for: the reading pages that a visitor's pointer rests on.
 * Named by the Speculation-Rules header of pages without scripts.
 */
export function loader() {
  const rules = {
    prefetch: [{ where: { href_matches: ["/", "/hot", "/tags", "/p/*", "/u/*", "/t/*"] }, eagerness: "moderate" }],
  };
  return new Response(JSON.stringify(rules), {
    headers: { "Content-Type": "application/speculationrules+json", "Cache-Control": "public, max-age=86400" },
  });
}
