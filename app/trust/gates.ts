import { z } from "zod";
import { isAtLeast, type Role } from "#app/users/user.ts";

/** A number of a gate, as an admin's form and the database hold it. */
const whole = (from: number, to: number, or: number) =>
  z
    .int(`Enter a whole number from ${from} to ${to.toLocaleString("en")}.`)
    .min(from, `Enter at least ${from}.`)
    .max(to, `Enter at most ${to.toLocaleString("en")}.`)
    .default(or);

const allowed = z.enum(["yes", "no"], "Choose one of the two.").default("yes");

/** The numbers of the gates: public, and all that decides. See docs/decisions/0044-gates-in-the-open.md. */
export const gateNumbers = {
  /** an account is new for so many days */
  newDays: whole(0, 365, 3),
  /** and until so many of its posts and comments stand */
  newContributions: whole(0, 1_000, 3),
  /** from so many acts against somebody on they count as new again */
  actsAgainst: whole(1, 100, 3),
  /** for so many days an act counts */
  actDays: whole(1, 3_650, 90),
  newLinks: allowed,
  newImages: allowed,
  newPostsPerDay: whole(0, 1_000, 30),
  newCommentsPerDay: whole(0, 10_000, 300),
  postsPerDay: whole(1, 1_000, 200),
  commentsPerDay: whole(1, 10_000, 1_000),
  /** of a new account, so many posts and comments wait for a moderator's look */
  heldPosts: whole(0, 1_000, 0),
  /** what a report by a new account counts, where any other counts 1 */
  newReportWeight: z
    .number("Enter a number from 0 to 1.")
    .min(0, "Enter at least 0.")
    .max(1, "Enter at most 1.")
    .default(0.5),
};

export const gatesSchema = z.object(gateNumbers);
export type Gates = z.infer<typeof gatesSchema>;

/** What a site begins with. */
export const defaultGates: Gates = gatesSchema.parse({});

/** All that the gates know of a person. */
export interface TrustFacts {
  role: Role;
  createdAt: Date;
  /** posts and comments of theirs that everybody may read */
  contributions: number;
  /** acts of moderators against them that stand and still count */
  actsAgainst: number;
  silencedUntil: Date | null;
  /** what they have published in the last 24 hours, whatever became of it */
  postsToday: number;
  commentsToday: number;
}

/** Why an account counts as new; null where it does not. Times are ISO strings in UTC. */
export interface Newness {
  /** until when by its age; null where it is old enough */
  until: string | null;
  /** how many more of its posts and comments have to stand */
  contributionsLacking: number;
  tooManyActs: boolean;
}

/** What a person may at this moment. */
export interface Allowances {
  newness: Newness | null;
  links: boolean;
  images: boolean;
  posts: DailyLimit;
  comments: DailyLimit;
  /** whether what they publish next waits for a moderator's look */
  held: boolean;
  reportWeight: number;
  /** ISO; null where they may write */
  silencedUntil: string | null;
}

export interface DailyLimit {
  perDay: number;
  left: number;
}

/** What the site's numbers make of the facts: the one place where any gate is decided. */
export function allowancesOf(facts: TrustFacts, gates: Gates, now: Date): Allowances {
  const newness = newnessOf(facts, gates, now);
  const isNew = newness !== null;
  return {
    newness,
    links: !isNew || gates.newLinks === "yes",
    images: !isNew || gates.newImages === "yes",
    posts: daily(isNew ? Math.min(gates.newPostsPerDay, gates.postsPerDay) : gates.postsPerDay, facts.postsToday),
    comments: daily(
      isNew ? Math.min(gates.newCommentsPerDay, gates.commentsPerDay) : gates.commentsPerDay,
      facts.commentsToday,
    ),
    held: !isAtLeast(facts.role, "moderator") && facts.contributions < gates.heldPosts,
    reportWeight: isNew ? gates.newReportWeight : 1,
    silencedUntil: facts.silencedUntil && facts.silencedUntil > now ? facts.silencedUntil.toISOString() : null,
  };
}

/** What a report by somebody counts, from 0 to 1. */
export function reportWeightOf(facts: TrustFacts, gates: Gates = defaultGates, now: Date = new Date()): number {
  return allowancesOf(facts, gates, now).reportWeight;
}

/** Moderators and admins are never new: they were chosen. */
function newnessOf(facts: TrustFacts, gates: Gates, now: Date): Newness | null {
  if (isAtLeast(facts.role, "moderator")) return null;
  const oldFrom = new Date(facts.createdAt.getTime() + gates.newDays * 86_400_000);
  const until = oldFrom > now ? oldFrom.toISOString() : null;
  const contributionsLacking = Math.max(0, gates.newContributions - facts.contributions);
  const tooManyActs = facts.actsAgainst >= gates.actsAgainst;
  if (!until && contributionsLacking === 0 && !tooManyActs) return null;
  return { until, contributionsLacking, tooManyActs };
}

function daily(perDay: number, used: number): DailyLimit {
  return { perDay, left: Math.max(0, perDay - used) };
}
