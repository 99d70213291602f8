import { createAvatar } from "@dicebear/core";
import * as thumbs from "@dicebear/thumbs";
import type { Route } from "./+types/generated-avatar";

/** The picture of whoever has uploaded none, drawn from their id: always the same one. */
export function loader({ params }: Route.LoaderArgs) {
  const seed = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.svg$/.exec(params.seed)?.[1];
  if (!seed) return new Response(null, { status: 404 });
  const picture = createAvatar(thumbs, { seed, ...colours, scale: 92, randomizeIds: false }).toString();
  return new Response(picture, {
    headers: { "Content-Type": "image/svg+xml", "Cache-Control": "public, max-age=31536000, immutable" },
  });
}

/** Earth and plaster: they stand beside the paper and the ink of the pages, by day and by night. */
const colours = {
  backgroundColor: ["e6d3bd", "d9c3a6", "e3c9b8", "cfd3bf", "c6cfd0", "e0d0c9"],
  shapeColor: ["9c4a2f", "6f5a3c", "4f6650", "41606b", "7a4a5c", "b0703a"],
  eyesColor: ["fbf7f0"],
  mouthColor: ["fbf7f0"],
};
