import { asText, boxesOf, isPadding } from "#app/uploads/file-bytes.server.ts";

/**
 * Where a JPEG ends; null where the file ends before. Segments tell their lengths; behind a start of scan comes
 * coded data up to the next marker.
 */
export function endOfJpeg(file: Buffer): number | null {
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

const maxExposures = 16;

/** Phones put further exposures, a film or a list of notes of their own behind the picture; nothing else may stand there. */
export function mayFollowJpeg(file: Buffer): boolean {
  let rest = file.subarray(0, startOfNotes(file) ?? file.length);
  for (let exposures = 0; exposures < maxExposures; exposures++) {
    if (isPadding(rest) || isFilm(rest)) return true;
    rest = rest.subarray(rest.findIndex((byte) => byte !== 0));
    if (!rest.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return false;
    const end = endOfJpeg(rest);
    if (end === null || end > rest.length) return false;
    rest = rest.subarray(end);
  }
  return false;
}

const filmBrands = /^(?:isom|iso[2-9]|mp4[12]|avc1|qt {2}|MSNV|3gp[4-7]|3g2[abc]|M4V )$/;
const filmBoxes = /^(?:ftyp|moov|mdat|free|skip|wide|uuid|meta|udta|pdin|moof|mfra|sidx|styp)$/;

/** An MP4 or QuickTime film from its first box to its last. */
function isFilm(rest: Buffer): boolean {
  const boxes = boxesOf(rest);
  const [type] = boxes ?? [];
  if (!boxes || type?.name !== "ftyp" || type.end > 256 || type.end % 4 !== 0) return false;
  return (
    filmBrands.test(asText(rest, 8, 12)) &&
    boxes.every(({ name }) => filmBoxes.test(name)) &&
    boxes.some(({ name }) => name === "moov") &&
    boxes.at(-1)?.end === rest.length
  );
}

/**
 * Where Samsung's notes begin, which stand at the file's end: blocks, a directory that tells how far before it each
 * begins and how long it is, the directory's length and the letters SEFT. Null where there are none.
 */
function startOfNotes(rest: Buffer): number | null {
  const tail = rest.length - 8;
  if (tail < 12 || asText(rest, tail + 4, rest.length) !== "SEFT") return null;
  const directory = tail - rest.readUInt32LE(tail);
  if (directory < 0 || tail - directory < 24 || asText(rest, directory, directory + 4) !== "SEFH") return null;
  const count = rest.readUInt32LE(directory + 8);
  if (directory + 12 + 12 * count !== tail) return null;
  let start = directory;
  for (let entry = directory + 12; entry < tail; entry += 12) {
    const [back, length] = [rest.readUInt32LE(entry + 4), rest.readUInt32LE(entry + 8)];
    if (back > directory || length > back || length < 8) return null;
    const block = directory - back;
    // A block repeats its entry's kind behind two zeros.
    if (rest.readUInt16LE(block) !== 0 || rest.readUInt16LE(block + 2) !== rest.readUInt16LE(entry + 2)) return null;
    start = Math.min(start, block);
  }
  return start;
}
