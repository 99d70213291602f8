export function asText(file: Buffer, from: number, to: number): string {
  return file.toString("latin1", Math.max(0, from), Math.max(0, to));
}

export function isPadding(rest: Buffer): boolean {
  return rest.every((byte) => byte === 0);
}

/** A part of a film or an AVIF picture. */
export interface Box {
  name: string;
  start: number;
  end: number;
}

/** The boxes of a file that is made of them; null where one is built wrongly. The last may claim to end behind the file. */
export function boxesOf(file: Buffer): Box[] | null {
  const boxes: Box[] = [];
  let start = 0;
  while (start + 8 <= file.length) {
    const length = file.readUInt32BE(start);
    if (length === 1 && start + 16 > file.length) return null;
    const whole = length === 1 ? Number(file.readBigUInt64BE(start + 8)) : length || file.length - start;
    if (whole < 8) return null;
    boxes.push({ name: asText(file, start + 4, start + 8), start, end: start + whole });
    start += whole;
  }
  return boxes;
}

export function endOfBoxes(file: Buffer): number | null {
  return boxesOf(file)?.at(-1)?.end ?? null;
}
