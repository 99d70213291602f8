import type { Allowances, Newness } from "#app/trust/gates.ts";
import { fullDate, fullMoment } from "#app/ui/full-date.ts";

/** What somebody is about to write. */
export type WritingKind = "post" | "comment";

/** What the gates will ask of the text, in sentences for the person, before they write it. Nothing for almost everybody. */
export function gateWords(allowances: Allowances, of: WritingKind): string[] {
  const { newness, links, images, held } = allowances;
  const lacks = [!links && "links", !images && "pictures"].filter((each) => each !== false);
  const sentences: string[] = [];
  if (newness && lacks.length > 0) {
    sentences.push(`${newWords(newness)}: ${untilWords(newness)} your texts carry no ${lacks.join(" and no ")}.`);
  }
  if (held) sentences.push("What you publish waits for a moderator’s look before others see it.");
  const { perDay, left } = limitOf(allowances, of);
  // Whoever is far from a limit need not hear of it; a new account's is near.
  if (left === 0) sentences.push(limitWords(allowances, of));
  else if (left <= 5 || (newness && perDay <= 20)) {
    const begin = newness && lacks.length === 0 ? `${newWords(newness)}: ${untilWords(newness)} it` : "Your account";
    sentences.push(`${begin} publishes up to ${count(perDay, of)} in 24 hours; ${left} left.`);
  }
  return sentences;
}

export function limitOf({ posts, comments }: Allowances, of: WritingKind) {
  return of === "post" ? posts : comments;
}

/** That the day's number is used up. */
export function limitWords(allowances: Allowances, of: WritingKind): string {
  const { perDay } = limitOf(allowances, of);
  if (perDay === 0) return `${newWords(allowances.newness)}: it publishes no ${of}s yet.`;
  return `You have published ${count(perDay, of)} in the last 24 hours, as many as your account may. Try again later.`;
}

export function linkWords({ newness }: Allowances): string {
  return `${newWords(newness)}: ${untilWords(newness)} your texts carry no links. Take the link out.`;
}

export function imageWords({ newness }: Allowances): string {
  return `${newWords(newness)}: ${untilWords(newness)} your texts carry no pictures. Take the picture out.`;
}

/** That somebody only reads for a while. */
export function silenceWords(until: string): string {
  return `A moderator has decided that you only read until ${fullMoment(until)}: you publish nothing, comment on nothing and change nothing that is published.`;
}

function newWords(newness: Newness | null): string {
  return newness?.tooManyActs
    ? "Your account counts as new again, because of what moderators did"
    : "Your account is new";
}

/** "until 3 May 2026 and 2 more posts or comments of yours stand". */
function untilWords(newness: Newness | null): string {
  const until = [];
  if (newness?.until) until.push(`until ${fullDate(newness.until)}`);
  if (newness && newness.contributionsLacking > 0) {
    const lacking = newness.contributionsLacking;
    until.push(
      lacking === 1
        ? "until one more post or comment of yours stands"
        : `until ${lacking} more posts or comments of yours stand`,
    );
  }
  if (newness?.tooManyActs) until.push("until enough of that is long ago");
  return until.join(", and ");
}

function count(number: number, of: WritingKind): string {
  return `${number.toLocaleString("en")} ${number === 1 ? of : `${of}s`}`;
}
