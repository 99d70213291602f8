import { asText, endOfBoxes, isPadding } from "#app/uploads/file-bytes.server.ts";
import { endOfJpeg, mayFollowJpeg } from "#app/uploads/jpeg-file.server.ts";

/** The formats that are taken, each told by its first bytes and by how its file is built. */
export type PictureFormat = "jpeg" | "png" | "gif" | "webp" | "avif";

/**
 * What a file is, looking at nothing but its bytes: the decoders of other formats never see it. Null for anything
 * that is no picture, that ends too early, or that has something else behind the picture.
 */
export function pictureFormatOf(file: Buffer): PictureFormat | null {
  const format = formats.find(({ begins }) => begins(file));
  if (!format) return null;
  const end = format.endOf(file);
  if (end === null || end > file.length) return null;
  return format.allowsAfter(file.subarray(end)) ? format.name : null;
}

interface Format {
  name: PictureFormat;
  begins(file: Buffer): boolean;
  /** where the picture ends; null where the file ends before */
  endOf(file: Buffer): number | null;
  allowsAfter(rest: Buffer): boolean;
}

const formats: Format[] = [
  {
    name: "jpeg",
    begins: (file) => file.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])),
    endOf: endOfJpeg,
    allowsAfter: mayFollowJpeg,
  },
  {
    name: "png",
    begins: (file) => file.subarray(0, 8).equals(Buffer.from("\x89PNG\r\n\x1a\n", "latin1")),
    endOf: endOfPng,
    allowsAfter: isPadding,
  },
  {
    name: "gif",
    begins: (file) => /^GIF8[79]a$/.test(asText(file, 0, 6)),
    endOf: endOfGif,
    allowsAfter: isPadding,
  },
  {
    name: "webp",
    begins: (file) => asText(file, 0, 4) === "RIFF" && asText(file, 8, 12) === "WEBP",
    endOf: (file) => 8 + file.readUInt32LE(4),
    allowsAfter: isPadding,
  },
  {
    name: "avif",
    begins: (file) => asText(file, 4, 8) === "ftyp" && /avi[fs]/.test(asText(file, 8, 32)),
    endOf: endOfBoxes,
    allowsAfter: isPadding,
  },
];

function endOfPng(file: Buffer): number | null {
  let at = 8;
  while (at + 12 <= file.length) {
    const isLast = asText(file, at + 4, at + 8) === "IEND";
    at += 12 + file.readUInt32BE(at);
    if (isLast) return at;
  }
  return null;
}

function endOfGif(file: Buffer): number | null {
  let at = 13 + colourTableLength(file[10]);
  while (at < file.length) {
    const block = file[at];
    if (block === 0x3b) return at + 1;
    if (block === 0x21) at = endOfSubBlocks(file, at + 2);
    else if (block === 0x2c) at = endOfSubBlocks(file, at + 11 + colourTableLength(file[at + 9]));
    else return null;
  }
  return null;
}

function colourTableLength(flags = 0): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function endOfSubBlocks(file: Buffer, from: number): number {
  let at = from;
  while (at < file.length && file[at] !== 0) at += 1 + (file[at] ?? 0);
  return at + 1;
}
