import { createAvatar } from "@dicebear/core";
import * as thumbs from "@dicebear/thumbs";

/** The SVG picture of whoever has uploaded none, drawn from their id: always the same one. */
export function drawGeneratedPicture(seed: string): string {
  return createAvatar(thumbs, { seed, ...colours, scale: 92, randomizeIds: false }).toString();
}

/** Earth and plaster: they stand beside the paper and the ink of the pages, by day and by night. */
const colours = {
  backgroundColor: ["e6d3bd", "d9c3a6", "e3c9b8", "cfd3bf", "c6cfd0", "e0d0c9"],
  shapeColor: ["9c4a2f", "6f5a3c", "4f6650", "41606b", "7a4a5c", "b0703a"],
  eyesColor: ["fbf7f0"],
  mouthColor: ["fbf7f0"],
};
