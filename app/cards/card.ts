import { redirect } from "react-router";
import { findCard } from "#app/cards/cards.server.ts";
import { etagOf, isUnchanged } from "#app/server/unchanged.server.ts";
import type { Route } from "./+types/card";

/** Asked for again each time, which draws nothing anew: the picture of a post that is taken away goes with it. */
const headers = { "Cache-Control": "public, no-cache", "Cross-Origin-Resource-Policy": "cross-origin" };

/** The picture that other sites show beside a link to a post. */
export async function loader({ request, params }: Route.LoaderArgs) {
  const card = await findCard(params.card);
  if (card === "none") return new Response(null, { status: 404 });
  if (card === "busy") return new Response(null, { status: 503, headers: { "Retry-After": "10" } });
  if ("movedTo" in card) return redirect(`/cards/${card.movedTo}`, { headers: { "Cache-Control": "no-cache" } });
  // The name says what is drawn: it is the version.
  const etag = etagOf(params.card);
  const held = { ifNoneMatch: request.headers.get("if-none-match"), ifModifiedSince: null };
  if (isUnchanged(held, { etag })) return new Response(null, { status: 304, headers: { ...headers, ETag: etag } });
  return new Response(new Uint8Array(card.picture), {
    headers: { ...headers, ETag: etag, "Content-Type": "image/png", "Content-Length": String(card.picture.length) },
  });
}
