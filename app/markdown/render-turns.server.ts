import { countRendering, restBeforeNext } from "#app/markdown/render-allowance.server.ts";
import { renderInThread, type ThreadAnswer } from "#app/markdown/render-threads.server.ts";
import type { Place } from "#app/markdown/shape.server.ts";
import type { NamedPeople } from "#app/mentions/mention.ts";

/** A text to be rendered. */
export interface Asked {
  source: string;
  place: Place;
  /** the person whose text it is; null for the site's own, which waits as long as it takes */
  by: string | null;
  preview: boolean;
  /** who is meant by the names in it */
  people: NamedPeople;
}

/** Null: its turn did not come in time, a newer preview took its place, or the person's texts have a pause. */
type Outcome = ThreadAnswer | null;

interface Turn extends Asked {
  answer: Promise<Outcome>;
  end(outcome: Outcome | Promise<Outcome>): void;
  /** in milliseconds of the process's clock */
  until: number;
}

/** What one text may take. A long post with much code takes a tenth. */
const limitMs = 5_000;
/** From asking to the answer; whoever had to wait so long still gets the least of time. */
const patienceMs = 10_000;
const leastLimitMs = 3_000;
const ownLimitMs = 60_000;

const maxAtOnce = 2;
const maxWaiting = 20;
const maxWaitingOfOne = 5;

let waiting: Turn[] = [];
const running = new Set<Turn>();

/**
 * Renders a text when its turn comes. Texts that are to be kept go before previews. Of one person one text is
 * rendered at a time, and one preview waits: the newest. The same text asked for again meanwhile is rendered once.
 */
export function renderInTurn(asked: Asked): Promise<Outcome> {
  const same = [...running, ...waiting].find((turn) => isSame(turn, asked));
  if (same) return same.answer;
  if (!makeRoom(asked)) return Promise.resolve(null);
  const { promise: answer, resolve: end } = Promise.withResolvers<Outcome>();
  const turn: Turn = { ...asked, answer, end, until: performance.now() + patienceMs };
  waiting.push(turn);
  giveTurns();
  if (asked.by !== null && waiting.includes(turn)) {
    const patience = setTimeout(() => leave(turn), patienceMs);
    void answer.finally(() => clearTimeout(patience)).catch(() => {});
  }
  return answer;
}

function isSame(one: Asked, other: Asked): boolean {
  return (
    one.by === other.by &&
    one.preview === other.preview &&
    one.place === other.place &&
    one.source === other.source &&
    areSame(one.people, other.people)
  );
}

function areSame(some: NamedPeople, others: NamedPeople): boolean {
  if (some.size !== others.size) return false;
  return [...some].every(([name, { username }]) => others.get(name)?.username === username);
}

/** A newer preview takes the older one's place; a text to be kept takes that of the newest preview, where all are taken. */
function makeRoom({ by, preview }: Asked): boolean {
  if (by === null) return true;
  const own = waiting.filter((turn) => turn.by === by);
  const older = preview && own.find((turn) => turn.preview);
  if (older) leave(older);
  if (!preview && own.length >= maxWaitingOfOne) return false;
  const newestPreview = !preview && waiting.length >= maxWaiting && waiting.findLast((turn) => turn.preview);
  if (newestPreview) leave(newestPreview);
  return waiting.length < maxWaiting;
}

function leave(turn: Turn): void {
  if (!waiting.includes(turn)) return;
  waiting = waiting.filter((other) => other !== turn);
  turn.end(null);
}

function giveTurns(): void {
  while (running.size < maxAtOnce) {
    const free = waiting.filter(({ by }) => by === null || ![...running].some((turn) => turn.by === by));
    const next = free.find(({ preview }) => !preview) ?? free[0];
    if (!next) return;
    if (next.by !== null && restBeforeNext(next.by) > 0) leave(next);
    else start(next);
  }
}

function start(turn: Turn): void {
  waiting = waiting.filter((other) => other !== turn);
  running.add(turn);
  const work = perform(turn).finally(() => {
    running.delete(turn);
    giveTurns();
  });
  turn.end(work);
}

async function perform({ source, place, by, until, people }: Turn): Promise<ThreadAnswer> {
  const left = Math.max(leastLimitMs, until - performance.now());
  const answer = await renderInThread(source, place, by === null ? ownLimitMs : Math.min(limitMs, left), people);
  if (by !== null) countRendering(by, answer);
  return answer;
}
