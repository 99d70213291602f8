import { z } from "zod";

/*
 * The one rule of usernames. 3 to 20 of the letters a to z, digits, "-" and "_", the first and the last a letter or
 * a digit. Shown as typed. Two usernames are the same when their skeletons are the same, and whoever comes first has
 * it (a unique index says no to the second). A name whose skeleton is that of a reserved word is nobody's.
 */

export const usernameLength = { min: 3, max: 20 } as const;

/**
 * What two usernames share when the eye takes one for the other: no letter case, "1", "i" and "l" are one, as are
 * "0" and "o", "rn" and "m", "vv" and "w", and any run of "-" and "_". Beyond the pairs of Unicode's confusables
 * it folds 2, 5 and 8 into z, s and b, which they are taken for beside capitals (S5, B8); that costs nobody a name,
 * since digits stay distinct from each other. Looser likenesses (cl and d, nn and m) would take good names away.
 */
export function skeletonOf(username: string): string {
  const folded = username.toLowerCase().replace(/[01i258]/g, (character) => lookAlikes[character] ?? character);
  return folded.replaceAll("rn", "m").replaceAll("vv", "w").replace(/[-_]+/g, "-");
}

const lookAlikes: Record<string, string> = { "0": "o", "1": "l", i: "l", "2": "z", "5": "s", "8": "b" };

/** Why nobody may be called that, as a sentence for the person; null where it is well formed and not reserved. */
export function usernameProblem(username: string): string | null {
  if (!/^[A-Za-z0-9_-]*$/.test(username)) {
    return "Use only the letters a to z, digits, - and _. Letters of other scripts can look the same, so they are for your name.";
  }
  if (username.length < usernameLength.min) return `Use at least ${usernameLength.min} characters.`;
  if (username.length > usernameLength.max) return `Use at most ${usernameLength.max} characters.`;
  if (!/^[A-Za-z0-9].*[A-Za-z0-9]$/.test(username)) return "Begin and end with a letter or a digit.";
  return isReserved(username) ? reserved : null;
}

export const reserved = "That username is reserved for the site. Choose another.";

export const usernameSchema = z
  .string("Choose a username.")
  .trim()
  .superRefine((username, context) => {
    const message = usernameProblem(username);
    if (message) context.addIssue({ code: "custom", message });
  });

/** Whether the site keeps that word for itself; separators between its letters change nothing. */
export function isReserved(word: string): boolean {
  return reservedSkeletons.has(bareSkeletonOf(word));
}

/**
 * Well-formed usernames that could be made of a name, an address or a wish, best first. Which of them are free
 * only the database knows.
 */
export function suggestUsernames(...from: string[]): string[] {
  const stems = [...new Set(from.flatMap(stemsOf))];
  const wishes = [
    ...stems,
    ...stems.flatMap((stem) => endings.map((ending) => stem.slice(0, 20 - ending.length) + ending)),
  ];
  return [...new Set(wishes)].filter((wish) => usernameProblem(wish) === null);
}

const endings = ["-reads", "-writes", "3", "4", "6", "7", "9", "-here", "-too"];

/** "Mina Sørensen" gives mina-sorensen and mina; "mina.s+stoa@example.org" gives mina-s and mina. */
function stemsOf(text: string): string[] {
  const words = text
    .replace(/[+@].*$/, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[ßøæœłđðþı]/g, (letter) => plainLetters[letter] ?? letter)
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  const whole = words.join("-").slice(0, usernameLength.max).replace(/-$/, "");
  return [whole, words[0] ?? ""].filter(Boolean);
}

const plainLetters: Record<string, string> = {
  ß: "ss",
  ø: "o",
  æ: "ae",
  œ: "oe",
  ł: "l",
  đ: "d",
  ð: "d",
  þ: "th",
  ı: "i",
};

/** Nobody's, because they would speak for the site, confuse its readers, or stand where its own addresses stand. */
const reservedWords = `
  admin admins administrator administration moderator moderators mod mods staff team owner root system sysadmin
  superuser operator official support help helpdesk security abuse postmaster webmaster hostmaster mailer-daemon
  no-reply noreply contact legal copyright dmca press billing payments trust-and-safety bot
  stoa site website
  null undefined none nobody anonymous anon unknown deleted removed banned guest visitor user users username member
  members me myself you everyone everybody all here channel someone test
  t p u s hot following avatars media assets fonts images image new preview drafts join welcome
  sign-in sign-out sign-up signin signout signup login logout log-in log-out register setup api settings account accounts profile profiles
  confirm decisions decision appeal appeals leaving undo-email-change stop-recovery forgot-password reset-password password unsubscribe live
  moderation impersonation healthz readyz metrics robots.txt speculation-rules.json oembed cards sitemap service-worker.js offline
  favicon favicon.svg sitemap.xml manifest.webmanifest opensearch.xml feed feed.xml feed.json dev search
  notifications mentions bookmarks comments reactions follows tags reports communities community posts post latest
  home index about terms privacy rules faq docs blog status well-known static public www mail email ftp`;

const reservedSkeletons = new Set(reservedWords.trim().split(/\s+/).map(bareSkeletonOf));

/** By which a word is reserved: separators between its letters change nothing. */
export function bareSkeletonOf(word: string): string {
  return skeletonOf(word).replaceAll("-", "");
}
