/**
 * What a command says while it works: one line per step, with the seconds that it took. On a
 * terminal the steps under way stand on the last line; elsewhere only what is done is printed.
 */
const underWay = new Set<string>();
const isTerminal = process.stdout.isTTY === true;

/** Runs one step and prints `done` with its seconds; a step that throws prints nothing. */
export async function step<T>(doing: string, done: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  underWay.add(doing);
  draw();
  try {
    const result = await work();
    underWay.delete(doing);
    say(`✓ ${done.padEnd(36)} ${secondsSince(started).padStart(6)} s`);
    return result;
  } finally {
    underWay.delete(doing);
    draw();
  }
}

/** Prints a line above the steps that are under way. */
export function say(line: string): void {
  process.stdout.write(`${isTerminal ? "\r\u001b[2K" : ""}${line}\n`);
  draw();
}

/** Says how far a long step is: in place on a terminal, elsewhere nothing. */
export function sayProgress(text: string): void {
  if (isTerminal) process.stdout.write(`\r\u001b[2K${text}`);
}

/** Seconds with one decimal since a `performance.now()`. */
export function secondsSince(started: number): string {
  return ((performance.now() - started) / 1000).toFixed(1);
}

/** Seconds with one decimal since the person pressed Enter, an install included. */
export function secondsSinceCommand(): string {
  const started = Number(process.env.STOA_STARTED_AT ?? Date.now());
  return ((Date.now() - started) / 1000).toFixed(1);
}

function draw(): void {
  if (!isTerminal) return;
  const list = [...underWay].join(", ");
  process.stdout.write(`\r\u001b[2K${list ? `  ${list} …` : ""}`);
}
