interface Turn {
  /** null for the site's own pictures, which wait as long as it takes */
  by: string | null;
  begin(): void;
}

const maxAtOnce = 2;
const maxWaiting = 20;
const maxWaitingOfOne = 3;

let waiting: Turn[] = [];
const running = new Set<Turn>();

/**
 * Two pictures at a time, and one of each person: a large one takes much memory, and the threads serve files and
 * passwords too. `too-many` where others, or too many of the same person, wait already.
 */
export async function inTurn<T>(by: string | null, work: () => Promise<T>): Promise<T | "too-many"> {
  if (by !== null && isFull(by)) return "too-many";
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const turn: Turn = { by, begin };
  waiting.push(turn);
  giveTurns();
  await begun;
  try {
    return await work();
  } finally {
    running.delete(turn);
    giveTurns();
  }
}

function isFull(by: string): boolean {
  return waiting.length >= maxWaiting || waiting.filter((turn) => turn.by === by).length >= maxWaitingOfOne;
}

function giveTurns(): void {
  while (running.size < maxAtOnce) {
    const next = waiting.find(({ by }) => by === null || ![...running].some((turn) => turn.by === by));
    if (!next) return;
    waiting = waiting.filter((turn) => turn !== next);
    running.add(next);
    next.begin();
  }
}
