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
    // Phones put a second exposure, a film or a note of their own behind the picture.
    allowsAfter: (rest) =>
      isPadding(rest) ||
      (rest[0] === 0xff && rest[1] === 0xd8) ||
      asText(rest, 4, 8) === "ftyp" ||
      asText(rest, rest.length - 4, rest.length) === "SEFT",
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

function asText(file: Buffer, from: number, to: number): string {
  return file.toString("latin1", Math.max(0, from), to);
}

function isPadding(rest: Buffer): boolean {
  return rest.every((byte) => byte === 0);
}

/** Segments tell their lengths; behind a start of scan comes coded data up to the next marker. */
function endOfJpeg(file: Buffer): number | null {
  let at = 2;
  while (at + 1 < file.length) {
    if (file[at] !== 0xff) return null;
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) at += 1;
    else if (marker === 0xd9) return at + 2;
    else if (marker === 0x01 || isRestart(marker)) at += 2;
    else {
      if (at + 4 > file.length) return null;
      at += 2 + file.readUInt16BE(at + 2);
      if (marker === 0xda) at = endOfScan(file, at);
    }
  }
  return null;
}

function endOfScan(file: Buffer, from: number): number {
  for (let at = file.indexOf(0xff, from); at >= 0; at = file.indexOf(0xff, at + 1)) {
    const next = file[at + 1];
    if (next !== undefined && next !== 0 && next !== 0xff && !isRestart(next)) return at;
  }
  return file.length;
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7;
}

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

function endOfBoxes(file: Buffer): number | null {
  let at = 0;
  while (at + 8 <= file.length) {
    const length = file.readUInt32BE(at);
    if (length === 0) return file.length;
    if (length === 1 && at + 16 > file.length) return null;
    const whole = length === 1 ? Number(file.readBigUInt64BE(at + 8)) : length;
    if (whole < 8) return null;
    at += whole;
  }
  return at;
}
