import path from "node:path";
import sharp from "sharp";
import { root } from "./environment.ts";

/** Draws the icons in public/ anew: `node scripts/draw-icons.ts`. They are the drawing of favicon.svg on paper. */
const colours = { paper: "#fcfaf5", mark: "#006583" };
const drawing = "M16 3 29 10v2H3v-2zM5 14h4v11H5zM14 14h4v11h-4zM23 14h4v11h-4zM3 27h26v2.5H3z";

/** `share` of the side that the mark takes: a maskable icon may be cut to a circle of four fifths. */
const icons = [
  { name: "icon-192.png", side: 192, share: 0.72, corner: 0.2 },
  { name: "icon-512.png", side: 512, share: 0.72, corner: 0.2 },
  { name: "icon-maskable-512.png", side: 512, share: 0.5, corner: 0 },
  { name: "apple-touch-icon.png", side: 180, share: 0.64, corner: 0 },
];

for (const { name, side, share, corner } of icons) {
  const scale = (side * share) / 32;
  const edge = (side * (1 - share)) / 2;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}">
    <rect width="${side}" height="${side}" rx="${side * corner}" fill="${colours.paper}"/>
    <path transform="translate(${edge} ${edge}) scale(${scale})" fill="${colours.mark}" d="${drawing}"/></svg>`;
  await sharp(Buffer.from(svg))
    .png({ compressionLevel: 9, palette: true })
    .toFile(path.join(root, "public", name));
}
