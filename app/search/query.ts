import { canonicalTag } from "#app/posts/post-form.ts";
import { maxQueryLength } from "#app/search/search.ts";

/** What somebody looks for, taken apart. Nothing in it is trusted to be there: any of it may be empty. */
export interface SearchQuery {
  /** as typed, tidied and cut to `maxQueryLength` */
  text: string;
  words: string[];
  phrases: string[];
  /** beginnings of words, at least `minPrefixLength` letters */
  prefixes: string[];
  /** words and phrases that must not be there */
  without: string[];
  /** usernames in lower case; any of them */
  authors: string[];
  withoutAuthors: string[];
  /** canonical tags; all of them */
  tags: string[];
  withoutTags: string[];
  /** published on that day (UTC) or later */
  after: Date | null;
  /** published before that day began */
  before: Date | null;
  /** what was not understood, in words for the person; the rest was searched for all the same */
  problems: string[];
}

const maxTerms = 12;
const minPrefixLength = 2;

/** One piece of a search: `-` before it, `name:` before it, quotation marks around it. */
interface Term {
  negated: boolean;
  filter: string | null;
  quoted: boolean;
  text: string;
}

/** Understands any text: what is no filter is a word, and what is wrong is told and left out. */
export function parseQuery(typed: string): SearchQuery {
  const text = tidy(typed);
  const query: SearchQuery = {
    text,
    words: [],
    phrases: [],
    prefixes: [],
    without: [],
    authors: [],
    withoutAuthors: [],
    tags: [],
    withoutTags: [],
    after: null,
    before: null,
    problems: [],
  };
  const terms = termsOf(text);
  for (const term of terms.slice(0, maxTerms)) take(term, query);
  if (terms.length > maxTerms) query.problems.push(`Only the first ${maxTerms} words and filters were used.`);
  if ([...typed].length > maxQueryLength) query.problems.push(`Only the first ${maxQueryLength} characters were used.`);
  if (query.after && query.before && query.after >= query.before)
    query.problems.push("after: is not earlier than before:, so no post can lie between them.");
  return query;
}

/** Whether there is something to look for in texts. */
export function hasWords({ words, phrases, prefixes }: SearchQuery): boolean {
  return words.length + phrases.length + prefixes.length > 0;
}

/** Whether there is anything at all to look for. */
export function isEmpty(query: SearchQuery): boolean {
  const { without, authors, withoutAuthors, tags, withoutTags, after, before } = query;
  const filters = [without, authors, withoutAuthors, tags, withoutTags].some((list) => list.length > 0);
  return !hasWords(query) && !filters && !after && !before;
}

/** Spaces for what cannot be seen, one kind of quotation mark, whole characters, not too many. */
function tidy(typed: string): string {
  const plain = typed
    .slice(0, maxQueryLength * 4)
    .toWellFormed()
    .normalize("NFC")
    .replace(/[“”„‟«»＂]/g, '"')
    .replace(/[\p{C}\s\ufffd]+/gu, " ")
    .trim();
  return [...plain].slice(0, maxQueryLength).join("").trim();
}

const filterNames = ["author", "tag", "before", "after"] as const;

function termsOf(text: string): Term[] {
  const pattern = /(?<minus>-*)(?:(?<filter>[a-z]+):)?(?:"(?<quoted>[^"]*)"?|(?<bare>[^\s"]*))/giy;
  const terms: Term[] = [];
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match?.[0]) {
      pattern.lastIndex = start + 1;
      continue;
    }
    const { minus = "", filter, quoted, bare = "" } = match.groups ?? {};
    const name = filter?.toLowerCase() ?? "";
    const isFilter = filterNames.some((known) => known === name);
    // Of another name than ours it is a word: "note:", "http://…".
    const unknown = filter && !isFilter ? `${filter}:` : "";
    terms.push({
      negated: minus !== "",
      filter: isFilter ? name : null,
      quoted: quoted !== undefined && !unknown,
      text: (unknown + (quoted ?? bare)).trim(),
    });
  }
  return terms;
}

function take(term: Term, query: SearchQuery): void {
  switch (term.filter) {
    case "author":
      takeAuthor(term, query);
      break;
    case "tag":
      takeTag(term, query);
      break;
    case "before":
    case "after":
      takeDay(term, term.filter, query);
      break;
    default:
      takeWords(term, query);
  }
}

function takeWords({ negated, quoted, text }: Term, query: SearchQuery): void {
  if (!/[\p{L}\p{N}]/u.test(text)) return;
  if (!quoted && /^#[\p{L}\p{N}]/u.test(text)) takeTag({ negated, filter: "tag", quoted, text }, query);
  else if (negated) add(query.without, text);
  else if (quoted) add(query.phrases, text);
  else if (isPrefix(text)) add(query.prefixes, text.slice(0, -1));
  else add(query.words, text.replace(/^@/, ""));
}

function isPrefix(text: string): boolean {
  return /^[\p{L}\p{N}]+\*$/u.test(text) && [...text].length > minPrefixLength;
}

function takeAuthor({ negated, text }: Term, query: SearchQuery): void {
  const username = text.replace(/^@/, "").toLowerCase();
  if (!/^[a-z0-9][a-z0-9_-]{0,39}$/.test(username)) {
    query.problems.push("author: wants a username right after it, like author:mina.");
  } else add(negated ? query.withoutAuthors : query.authors, username);
}

function takeTag({ negated, text }: Term, query: SearchQuery): void {
  const tag = canonicalTag(text);
  if (!/^[\p{L}\p{N}]/u.test(tag)) query.problems.push("tag: wants a tag right after it, like tag:gardening.");
  else add(negated ? query.withoutTags : query.tags, tag);
}

function takeDay({ negated, text }: Term, filter: "before" | "after", query: SearchQuery): void {
  const day = parseDay(text);
  if (!day) {
    query.problems.push(`${filter}: wants a date like 2026-01-31, or a year.`);
    return;
  }
  // "not before" is "after", and the day itself belongs to "after" in both.
  const from = (filter === "after") !== negated;
  if (from) query.after = query.after && query.after > day ? query.after : day;
  else query.before = query.before && query.before < day ? query.before : day;
}

/** A day, or the first one of a month or a year: 2026-01-31, 2026-01, 2026. */
function parseDay(text: string): Date | null {
  const [, year, month = "01", date = "01"] = /^(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?$/.exec(text) ?? [];
  if (!year || year < "0001") return null;
  const iso = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  const day = new Date(`${iso}T00:00:00Z`);
  // The 31st of February is no day, whatever Date makes of it.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(iso) ? day : null;
}

function add(list: string[], item: string): void {
  if (!list.includes(item)) list.push(item);
}
