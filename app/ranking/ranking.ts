import { z } from "zod";
import type { SiteSettings } from "#app/site/site-settings.ts";

/** The numbers of the formula, which admins choose. */
export type RankingNumbers = SiteSettings["ranking"];

/** What the formula reads of a post. */
export interface RankingFacts {
  reactions: number;
  /** people who talk under it, without its author */
  commenters: number;
  ageHours: number;
}

/** A post's score and what it is made of: the three terms add up to it. */
export interface Score {
  reactions: number;
  comments: number;
  age: number;
  score: number;
}

/**
 * The formula of /hot, as hottestSql has it, in thousandths of a point. It only adds up: a post that is older by
 * `hoursPerPoint` needs one point more, at any hour, so that time alone changes no order.
 */
export function scoreOf({ reactions, commenters, ageHours }: RankingFacts, numbers: RankingNumbers): Score {
  const terms = {
    reactions: rounded(numbers.reactionWeight * Math.log1p(reactions)),
    comments: rounded(numbers.commentWeight * Math.log1p(commenters)),
    age: rounded(-ageHours / numbers.hoursPerPoint),
  };
  return { ...terms, score: rounded(terms.reactions + terms.comments + terms.age) };
}

function rounded(points: number): number {
  // Adding zero makes a plain 0 of -0.
  return Math.round(points * 1000) / 1000 + 0;
}

/** Posts in one order of /hot. */
export const rankedPosts = 1_000;

/** Only as many of the newest posts can be in it, so that the work is bounded whatever the numbers are. */
export const consideredPosts = 20_000;

/** A place in an order of /hot: which order, and the position that the page before ended with. */
export interface RankCursor {
  epoch: number;
  position: number;
}

export function formatRankCursor({ epoch, position }: RankCursor): string {
  return `${epoch}-${position}`;
}

/** The cursor of a URL, or null for the first page and for anything that is no cursor. */
export function parseRankCursor(text: string | null): RankCursor | null {
  const [, epoch = "", position = ""] = /^([1-9]\d{0,8})-(\d{1,4})$/.exec(text ?? "") ?? [];
  return epoch ? { epoch: Number(epoch), position: Number(position) } : null;
}

const number = (min: number, max: number) =>
  z
    .number({ error: "Enter a number." })
    .min(min, `Enter a number from ${min} to ${max.toLocaleString("en")}.`)
    .max(max, `Enter a number from ${min} to ${max.toLocaleString("en")}.`);

/** The numbers as their form takes them; the limits are those of site-settings.ts. */
export const rankingNumbers = {
  reactionWeight: number(0, 100),
  commentWeight: number(0, 100),
  hoursPerPoint: number(1, 1_000),
};
