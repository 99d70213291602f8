import { drawGeneratedPicture } from "#app/users/generated-picture.server.ts";
import type { Route } from "./+types/generated-avatar";

/** The picture of whoever has uploaded none. */
export function loader({ params }: Route.LoaderArgs) {
  const seed = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.svg$/.exec(params.seed)?.[1];
  if (!seed) return new Response(null, { status: 404 });
  return new Response(drawGeneratedPicture(seed), {
    headers: { "Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=31536000, immutable" },
  });
}
