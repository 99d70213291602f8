/** The characters that a TrueType font has a drawing for, as ranges of code points (OpenType, table `cmap`). */
export function coverageOf(font: Uint8Array): [from: number, to: number][] {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableAt(view, "cmap");
  const points: number[] = [];
  for (let index = 0; index < view.getUint16(cmap + 2); index++) {
    const start = cmap + view.getUint32(cmap + 4 + index * 8 + 4);
    const format = view.getUint16(start);
    if (format === 4) points.push(...pointsOfFormat4(view, start));
    if (format === 12) points.push(...pointsOfFormat12(view, start));
  }
  return rangesOf(points);
}

function tableAt(view: DataView, wanted: string): number {
  for (let index = 0; index < view.getUint16(4); index++) {
    const record = 12 + index * 16;
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((place) => view.getUint8(record + place)));
    if (tag === wanted) return view.getUint32(record + 8);
  }
  throw new Error(`the font has no ${wanted}`);
}

/** Segments of 16-bit characters, whose drawings are numbered by a step or in a list; number 0 is the box. */
function* pointsOfFormat4(view: DataView, start: number): Generator<number> {
  const doubled = view.getUint16(start + 6);
  const [ends, starts, steps, offsets] = [14, 16 + doubled, 16 + doubled * 2, 16 + doubled * 3].map((at) => start + at);
  if (ends === undefined || starts === undefined || steps === undefined || offsets === undefined) return;
  for (let at = 0; at < doubled; at += 2) {
    const [first, last] = [view.getUint16(starts + at), view.getUint16(ends + at)];
    const [step, offset] = [view.getUint16(steps + at), view.getUint16(offsets + at)];
    for (let point = first; point <= last && point < 0xffff; point++) {
      const listed = offset ? view.getUint16(offsets + at + offset + (point - first) * 2) : point;
      if (listed !== 0 && ((listed + step) & 0xffff) !== 0) yield point;
    }
  }
}

function* pointsOfFormat12(view: DataView, start: number): Generator<number> {
  for (let group = 0; group < view.getUint32(start + 12); group++) {
    const at = start + 16 + group * 12;
    const [first, last, drawing] = [view.getUint32(at), view.getUint32(at + 4), view.getUint32(at + 8)];
    for (let point = first; point <= last; point++) if (drawing + point - first !== 0) yield point;
  }
}

function rangesOf(points: number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const point of [...new Set(points)].sort((one, other) => one - other)) {
    const last = ranges.at(-1);
    if (last && last[1] === point - 1) last[1] = point;
    else ranges.push([point, point]);
  }
  return ranges;
}
