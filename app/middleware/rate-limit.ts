import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { data } from "react-router";
import { databasePool, sayIfAway } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { requestScope } from "#app/server/request-scope.server.ts";

/**
 * How often, within how many seconds. By source: the person's address. By pair: one source and one target, a name or
 * an e-mail address. By device: one address, from browsers that have come in with it before. What a stranger can use up
 * for somebody else's target from afar never closes it: `sign-in-by-target` only spaces tries out (`slowDown`), and
 * `code-by-target` and `wrong-code-by-target` do not count for the person's own devices; where `code-by-pair` or
 * `code-by-target` is used up, the last mail has a link for whoever reads it. So an hour brings one address at most
 * twelve mails that strangers ask for, and thirteen that its owner's browsers do.
 */
const limits = {
  "code-by-source": { points: 20, duration: 3600 },
  "code-by-pair": { points: 5, duration: 3600 },
  "code-by-target": { points: 8, duration: 3600 },
  "code-by-device": { points: 10, duration: 3600 },
  "wrong-code-by-source": { points: 60, duration: 3600 },
  "wrong-code-by-target": { points: 30, duration: 86_400 },
  "sign-in-by-source": { points: 30, duration: 900 },
  "sign-in-by-pair": { points: 10, duration: 900 },
  "sign-in-by-target": { points: 40, duration: 3600 },
  "sign-in-by-device": { points: 20, duration: 900 },
  "reset-by-source": { points: 10, duration: 3600 },
  "reset-by-pair": { points: 3, duration: 3600 },
  "reset-by-target": { points: 4, duration: 3600 },
  "reset-by-device": { points: 3, duration: 3600 },
  // The whole site's: see auth/strangers/pressure.server.ts.
  "strangers-by-minute": { points: 8, duration: 60 },
  "strangers-by-site": { points: 30, duration: 600 },
  pressure: { points: 1, duration: 900 },
  "work-by-site": { points: 30, duration: 600 },
  "place-by-site": { points: 5, duration: 60 },
  "place-by-source": { points: 2, duration: 3600 },
  "once-by-ticket": { points: 1, duration: 3600 },
  "second-factor-by-user": { points: 30, duration: 3600 },
  "veto-by-source": { points: 60, duration: 3600 },
  "recovery-by-user": { points: 3, duration: 86_400 },
  "fresh-proof-by-user": { points: 30, duration: 3600 },
  "provider-by-source": { points: 120, duration: 900 },
  // Every visit of the page for signing in asks for what a passkey signs.
  "passkey-options-by-source": { points: 300, duration: 900 },
  "passkey-by-source": { points: 60, duration: 900 },
  "username-look-up": { points: 120, duration: 600 },
  "join-by-source": { points: 20, duration: 3600 },
  "mention-suggestions": { points: 1200, duration: 600 },
  "search-by-source": { points: 60, duration: 60 },
  "search-by-user": { points: 60, duration: 60 },
  "post-by-user": { points: 30, duration: 3600 },
  "edit-by-user": { points: 300, duration: 3600 },
  // What is typed is kept every five seconds at most: so many on three devices at once.
  "keep-by-user": { points: 2_400, duration: 3600 },
  "pin-by-user": { points: 120, duration: 3600 },
  "comment-by-user": { points: 120, duration: 3600 },
  "upload-by-user": { points: 60, duration: 3600 },
  "preview-by-user": { points: 600, duration: 3600 },
  "follow-by-user": { points: 600, duration: 3600 },
  "report-by-user": { points: 30, duration: 3600 },
  "export-by-user": { points: 3, duration: 86_400 },
  "tag-look-up": { points: 600, duration: 600 },
} as const;

export type LimitName = keyof typeof limits;

/** How many tries each limit allows. */
export function limitPoints(): { name: string; points: number }[] {
  return Object.entries(limits).map(([name, { points }]) => ({ name, points }));
}

const limiters = new Map<LimitName, RateLimiterPostgres>();

/**
 * Counts one try against a limit; counts live in the database, shared by every process.
 * @param subject whose count it is; the source's address when left out
 * @param facts what a refusal tells its page besides
 * @returns how many tries are left
 * @throws a 429 response with Retry-After when the limit is reached
 */
export async function spend(
  name: LimitName,
  subject: string = source(),
  facts: Record<string, unknown> = {},
): Promise<number> {
  const { remainingPoints } = await limiter(name)
    .consume(keyOf(subject))
    .catch((error) => refuse(error, facts));
  return remainingPoints;
}

/** Takes one try back that turned out to be the right person's. */
export async function giveBack(name: LimitName, subject: string = source()): Promise<void> {
  await limiter(name).reward(keyOf(subject)).catch(sayIfAway);
}

/** Counts one try against a limit that somebody else enforces. @returns whether it is still within the limit */
export async function countTry(name: LimitName, subject: string): Promise<boolean> {
  const counter = limiter(name);
  const { consumedPoints } = await counter.penalty(keyOf(subject)).catch(sayIfAway);
  return consumedPoints <= counter.points;
}

/** Whether a limit is reached, without counting. */
export async function isReached(name: LimitName, subject: string): Promise<boolean> {
  const counter = limiter(name);
  return (await countOf(name, subject)) >= counter.points;
}

/** How often a limit was counted in its time, without counting. */
export async function countOf(name: LimitName, subject: string): Promise<number> {
  return (await limiter(name).get(keyOf(subject)).catch(sayIfAway))?.consumedPoints ?? 0;
}

/** Has a limit be reached from now on for its whole time. */
export async function reach(name: LimitName, subject: string): Promise<void> {
  const { points, duration } = limiter(name);
  await limiter(name).set(keyOf(subject), points, duration).catch(sayIfAway);
}

/** The longest that `slowDown` lets anyone wait for the next try. */
export const longestDelaySeconds = 30;

/**
 * Counts one try; past the limit one try passes every 1, 2, 4 … `longestDelaySeconds` seconds, whoever makes it.
 * @throws a 429 response with Retry-After for the tries between
 */
export async function slowDown(name: LimitName, subject: string): Promise<void> {
  const counter = limiter(name);
  const { consumedPoints } = await counter.penalty(keyOf(subject)).catch(sayIfAway);
  const over = consumedPoints - counter.points;
  if (over <= 0) return;
  const customDuration = Math.min(longestDelaySeconds, 2 ** Math.min(over - 1, 10));
  await gate(name)
    .consume(keyOf(subject), 1, { customDuration })
    .catch((error) => refuse(error));
}

function refuse(error: unknown, facts: Record<string, unknown> = {}): never {
  if (!(error instanceof RateLimiterRes)) sayIfAway(error);
  const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
  throw data(
    { ...facts, retryAfterSeconds: seconds },
    { status: 429, statusText: "Too Many Requests", headers: { "Retry-After": String(seconds) } },
  );
}

function keyOf(subject: string): string {
  return subject.toLowerCase().slice(0, 200);
}

/** The address that counts as one source: IPv6 counts by its /64, which is what one household has. */
export function source(): string {
  const address = requestScope()?.clientAddress ?? "unknown";
  return address.includes(":") ? `${expandIpv6(address).slice(0, 4).join(":")}::/64` : address;
}

function expandIpv6(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const left = head.split(":").filter(Boolean);
  const right = (tail ?? "").split(":").filter(Boolean);
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - left.length - right.length)).fill("0");
  return [...left, ...zeros, ...right].map((group) => group.replace(/^0+(?=.)/, ""));
}

function limiter(name: LimitName): RateLimiterPostgres {
  let found = limiters.get(name);
  if (!found) {
    const { points, duration } = limits[name];
    found = counted(name, isStrict(name) ? points : points * 50, duration);
    limiters.set(name, found);
  }
  return found;
}

/** The demo's visitors and the browser tests share one address, and the tests of one file share one site. */
function isStrict(name: LimitName): boolean {
  const { command } = settings();
  return command === "start" || (command === "test" && !name.startsWith("strangers-")) || single.has(name);
}

/** Those that only tell yes from no. */
const single: ReadonlySet<LimitName> = new Set(["pressure", "once-by-ticket"]);

const gates = new Map<LimitName, RateLimiterPostgres>();

/** Lets one try pass; for how long the next one waits is said with each. */
function gate(name: LimitName): RateLimiterPostgres {
  const found = gates.get(name) ?? counted(`${name}-gate`, 1, longestDelaySeconds);
  gates.set(name, found);
  return found;
}

function counted(keyPrefix: string, points: number, duration: number): RateLimiterPostgres {
  return new RateLimiterPostgres({
    storeClient: databasePool(),
    storeType: "pool",
    tableName: "rate_limits",
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration,
  });
}
