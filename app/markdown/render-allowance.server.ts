/** For each moment that somebody's texts keep a processor busy, ten are somebody else's. */
const restFactor = 10;
/** So much rest may be owed before the next text has to wait: three seconds of rendering in a row. */
const owedAtMostMs = 30_000;
const pauseMs = 60_000;

/** Until when somebody owes rest, in milliseconds of the process's clock. */
const rests = new Map<string, number>();

/** Counts what a text of somebody's took; one that ran out of time is followed by a minute's pause. */
export function countRendering(by: string, { processorMs, outOfTime }: { processorMs: number; outOfTime?: true }) {
  const now = performance.now();
  const until = Math.max(now, rests.get(by) ?? 0) + processorMs * restFactor;
  rests.set(by, outOfTime ? Math.max(until, now + owedAtMostMs + pauseMs) : until);
  if (rests.size > 1_000) for (const [person, end] of rests) if (end < now) rests.delete(person);
}

/** How long it is until somebody's next text is rendered; 0 for almost everybody. */
export function restBeforeNext(by: string): number {
  return Math.max(0, (rests.get(by) ?? 0) - owedAtMostMs - performance.now());
}
