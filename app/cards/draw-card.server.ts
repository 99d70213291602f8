import sharp, { type OverlayOptions } from "sharp";
import type { CardContent } from "#app/cards/card.server.ts";
import { cardSize } from "#app/cards/card-size.ts";
import { type Fonts, loadFonts, sans, serif } from "#app/cards/fonts.server.ts";
import { settings } from "#app/server/env.server.ts";
import { readStoredFile } from "#app/server/storage.server.ts";
import { escapeXml } from "#app/syndication/xml.ts";
import { drawGeneratedPicture } from "#app/users/generated-picture.server.ts";

/** The light page's colours, as site/tokens.css has them. */
const colours = { paper: "#fcfaf5", ink: "#282019", inkSoft: "#5d534a", line: "#ded8cf", accent: "#006583" };

const margin = 80;
const textWidth = cardSize.width - 2 * margin;
const title = { top: 152, height: 262, sizes: [76, 64, 54, 46, 38, 32] };
const portraitSide = 88;
const authorTop = 474;

/** Draws a post's picture: the site's name, the title, who wrote it. A PNG, which every site can show. */
export async function drawCard(post: CardContent): Promise<Buffer> {
  const fonts = await loadFonts();
  const name = drawable(post.author.name, fonts) ?? `@${post.author.username}`;
  const siteName = drawable(settings().siteName, fonts) ?? "";
  const portrait = await drawPortrait(post.author.avatar);
  const left = portrait ? margin + portraitSide + 24 : margin;
  const layers = [
    { input: Buffer.from(mark), left: margin, top: margin - 14 },
    await writeLine(siteName, { font: `${serif} Semi-Bold 34`, left: margin + 60, middle: margin + 8 }),
    // A title that no typeface of ours can write is told by its author alone, and not in boxes.
    await writeTitle(drawable(post.title, fonts) ?? `A post by ${name}`),
    { input: Buffer.from(hairline), left: margin, top: authorTop - 34 },
    portrait,
    await writeLine(name, { font: `${sans} Semi-Bold 30`, left, middle: authorTop + 26 }),
    await writeLine(`@${post.author.username}`, { font: `${sans} 25`, soft: true, left, middle: authorTop + 66 }),
  ];
  return sharp({ create: { ...cardSize, channels: 3, background: colours.paper } })
    .composite(layers.filter((layer) => layer !== null))
    .png({ compressionLevel: 9 })
    .toBuffer();
}

const mark = `<svg xmlns="http://www.w3.org/2000/svg" width="44" height="44" viewBox="0 0 32 32"><path fill="${colours.accent}" d="M16 3 29 10v2H3v-2zM5 14h4v11H5zM14 14h4v11h-4zM23 14h4v11h-4zM3 27h26v2.5H3z"/></svg>`;
const hairline = `<svg xmlns="http://www.w3.org/2000/svg" width="${textWidth}" height="2"><rect width="100%" height="100%" fill="${colours.line}"/></svg>`;

/** The text without what no typeface of ours has, such as emoji; null where that is more than a little of it. */
export function drawable(text: string, fonts: Fonts): string | null {
  const characters = [...text.normalize("NFC").replace(/\s+/g, " ").trim()];
  const kept = characters.filter((character) => character === " " || fonts.has(character));
  const letters = characters.filter((character) => /[\p{L}\p{N}]/u.test(character));
  const lost = letters.filter((character) => !fonts.has(character));
  const words = kept.join("").replace(/ +/g, " ").trim();
  return words === "" || lost.length * 5 > letters.length ? null : words;
}

/** In the first size in which it fits. */
async function writeTitle(text: string): Promise<OverlayOptions> {
  const [first = 0, ...smaller] = title.sizes.filter((size) => mayFit(text, size));
  let drawn = await write(text, `${serif} Medium ${first}`, colours.ink, textWidth);
  for (const size of smaller) {
    if (drawn.info.height <= title.height) break;
    drawn = await write(text, `${serif} Medium ${size}`, colours.ink, textWidth);
  }
  const { width } = drawn.info;
  const height = Math.min(drawn.info.height, title.height);
  const input = await sharp(drawn.data).extract({ left: 0, top: 0, width, height }).png().toBuffer();
  const left = isRightToLeft(text) ? cardSize.width - margin - width : margin;
  return { input, left, top: title.top + Math.round((title.height - height) / 3) };
}

/** A guess that saves trying: the smallest size always may. */
function mayFit(text: string, size: number): boolean {
  const wide = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  const lines = ((wide + (text.length - wide) * 0.4) * size) / textWidth;
  return size === title.sizes.at(-1) || Math.floor(lines) * size < title.height;
}

/** One line, cut where it is too long, with its middle at that height. */
async function writeLine(
  text: string,
  { font, soft = false, left, middle }: { font: string; soft?: boolean; left: number; middle: number },
): Promise<OverlayOptions | null> {
  if (!text) return null;
  const colour = soft ? colours.inkSoft : colours.ink;
  const room = cardSize.width - margin - left;
  let drawn = await write(text, font, colour);
  for (let rest = [...text]; drawn.info.width > room; ) {
    rest = rest.slice(0, Math.floor((rest.length * room) / drawn.info.width) - 1);
    drawn = await write(`${rest.join("").trimEnd()}…`, font, colour);
  }
  return { input: drawn.data, left, top: Math.round(middle - drawn.info.height / 2) };
}

/** Text as a picture. The markup is ours alone: whatever the text holds is escaped. */
function write(text: string, font: string, colour: string, width?: number) {
  const markup = `<span foreground="${colour}">${escapeXml(text)}</span>`;
  return sharp({ text: { text: markup, font, width, wrap: "word-char", rgba: true, dpi: 72 } })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true });
}

/** By the first letter that has a direction, as in a browser. */
function isRightToLeft(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? "";
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first);
}

async function drawPortrait(avatar: string): Promise<OverlayOptions | null> {
  const seed = /^\/avatars\/([\w-]+)\.svg$/.exec(avatar)?.[1];
  const key = /^\/media\/([\w.-]+)$/.exec(avatar)?.[1];
  const picture = seed ? Buffer.from(drawGeneratedPicture(seed)) : key ? await readStoredFile(key) : null;
  if (!picture) return null;
  const half = portraitSide / 2;
  const round = `<svg xmlns="http://www.w3.org/2000/svg" width="${portraitSide}" height="${portraitSide}"><circle cx="${half}" cy="${half}" r="${half}"/></svg>`;
  const input = await sharp(picture)
    .resize(portraitSide, portraitSide)
    .composite([{ input: Buffer.from(round), blend: "dest-in" }])
    .png()
    .toBuffer();
  return { input, left: margin, top: authorTop };
}
