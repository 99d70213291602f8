import commonPasswords from "#app/auth/password/common-passwords.txt?raw";
import { readHashedWords } from "#app/auth/password/hashed-words.server.ts";
import leakedPasswords from "#app/auth/password/leaked-passwords.txt?raw";
import { readDigits } from "#app/auth/password/read-digits.ts";
import { settings } from "#app/server/env.server.ts";

/**
 * Why a password is refused, as a sentence for the person; null where it is not. Works offline: against a list of
 * common words and one of leaked passwords, whatever digits and signs stand around them, and against what is known of
 * the person and the site.
 * @param about the person's username, name and address
 */
export function passwordProblem(password: string, about: string[] = []): string | null {
  if (new Set(password.toLowerCase()).size < 4) return "Use more than three different characters.";
  const forms = formsOf(password);
  if (forms.some(isCommon)) return "That is one of the first passwords that anyone would try.";
  const { siteName, siteUrl } = settings();
  const own = [siteName, new URL(siteUrl).hostname, ...about, ...about.map((text) => text.replace(/@.*$/, ""))];
  const known = new Set(own.flatMap(formsOf).filter((form) => form.length >= 3));
  if (forms.some((form) => known.has(form))) return "Leave your names, your address and this site's name out of it.";
  return null;
}

function isCommon(form: string): boolean {
  return common.has(form) || (form.length >= shortestLeaked && leaked.has(form));
}

/** What a guesser makes of a word: with and without the digits and signs around it, its letters alone, once if doubled. */
function formsOf(text: string): string[] {
  const plain = text.normalize("NFKC").toLowerCase().replace(/\s+/g, "");
  const core = plain.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, "");
  const read = [plain, core].map(readDigits);
  const forms = [...read, ...read.map((each) => each.replace(/[^\p{L}]/gu, ""))];
  return [...new Set(forms.flatMap((form) => [form, halfIfDoubled(form)]))].filter(Boolean);
}

function halfIfDoubled(text: string): string {
  const half = text.slice(0, text.length / 2);
  return half.repeat(2) === text ? half : text;
}

/**
 * Words and numbers that lead the published lists of leaked passwords, one a line, written down from general
 * knowledge. Words shorter than a password are there for what is made of them ("Dragon2024!").
 */
const common = new Set(commonPasswords.split("\n").filter(Boolean).map(readDigits));

/**
 * The leaked passwords that people choose most, made by `npm run lists`; leaked-passwords.md says from what. Those
 * shorter than six are left out: what is left of a good password without its digits and signs may be one by chance.
 */
const leaked = readHashedWords(leakedPasswords);
const shortestLeaked = 6;
