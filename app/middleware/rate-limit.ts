import { RateLimiterPostgres, RateLimiterRes } from "rate-limiter-flexible";
import { data } from "react-router";
import { databasePool, sayIfAway } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { requestScope } from "#app/server/request-scope.server.ts";

/** How often, within how many seconds. By source: the person's address; by target: an account or an e-mail address. */
const limits = {
  "code-by-source": { points: 20, duration: 3600 },
  "code-by-target": { points: 5, duration: 3600 },
  "code-try-by-source": { points: 60, duration: 3600 },
  "code-try-by-target": { points: 30, duration: 86_400 },
  "sign-in-by-source": { points: 30, duration: 900 },
  "sign-in-by-target": { points: 10, duration: 900 },
  "username-look-up": { points: 120, duration: 600 },
  "join-by-source": { points: 20, duration: 3600 },
  "post-by-user": { points: 30, duration: 3600 },
  "edit-by-user": { points: 300, duration: 3600 },
  "comment-by-user": { points: 120, duration: 3600 },
  "upload-by-user": { points: 60, duration: 3600 },
  "preview-by-user": { points: 600, duration: 3600 },
} as const;

export type LimitName = keyof typeof limits;

const limiters = new Map<LimitName, RateLimiterPostgres>();

/**
 * Counts one try against a limit; counts live in the database, shared by every process.
 * @param subject whose count it is; the source's address when left out
 * @throws a 429 response with Retry-After when the limit is reached
 */
export async function spend(name: LimitName, subject: string = source()): Promise<void> {
  try {
    await limiter(name).consume(subject.toLowerCase().slice(0, 200));
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) sayIfAway(error);
    const seconds = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw data(
      { retryAfterSeconds: seconds },
      { status: 429, statusText: "Too Many Requests", headers: { "Retry-After": String(seconds) } },
    );
  }
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
    found = new RateLimiterPostgres({
      storeClient: databasePool(),
      storeType: "pool",
      tableName: "rate_limits",
      tableCreated: true,
      clearExpiredByTimeout: false,
      keyPrefix: name,
      // The demo's visitors and the browser tests share one address.
      points: settings().command === "start" || settings().command === "test" ? points : points * 50,
      duration,
    });
    limiters.set(name, found);
  }
  return found;
}
