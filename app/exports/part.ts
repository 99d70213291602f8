/** One file of the archive. */
export interface Part {
  name: string;
  input: string | Uint8Array | AsyncIterable<string>;
  lastModified?: Date;
}

/** A value as the archive's files have it. */
export function jsonPart(name: string, value: unknown): Part {
  return { name, input: `${JSON.stringify(value, null, 2)}\n` };
}

/** A long list as one file, of which only a portion is in memory at a time. */
export async function* jsonList(rows: AsyncIterable<unknown>): AsyncGenerator<string> {
  let separator = "[\n";
  for await (const row of rows) {
    yield separator + JSON.stringify(row, null, 2);
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

/** Rows in the order of their ids, read in portions. */
export async function* inPortions<Row extends { id: number }>(
  read: (after: number, portion: number) => Promise<Row[]>,
): AsyncGenerator<Row> {
  const portion = 200;
  for (let after = 0; ; ) {
    const rows = await read(after, portion);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < portion) return;
    after = last.id;
  }
}
