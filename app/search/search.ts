import type { FeedPost } from "#app/posts/post.ts";
import type { UserSummary } from "#app/users/user.ts";

/** A text in pieces; what was looked for is marked. Never HTML: the page makes its own marks. */
export type MarkedText = { text: string; found: boolean }[];

/** A post that was found, with the place where. */
export interface FoundPost extends FeedPost {
  markedTitle: MarkedText;
  /** null where the words stand nowhere in the text, and where the post has a warning */
  snippet: MarkedText | null;
}

export interface PostResults {
  posts: FoundPost[];
  next: string | null;
  /** of the posts that were looked at; up to `maxRanked` */
  count: number;
  /** whether there were more posts than could be looked at: then only the newest `maxRanked` were */
  bounded: boolean;
  /** usernames of the filter that nobody has */
  unknownAuthors: string[];
  tags: { name: string; postCount: number }[];
  /** nothing had the words: these titles come close */
  close: boolean;
  /** what the search should perhaps have been */
  suggestion: string | null;
}

export interface FoundPerson extends UserSummary {
  bio: string;
}

export interface PeopleResults {
  people: FoundPerson[];
  next: string | null;
  /** nobody is called so: these names come close */
  close: boolean;
}

export type SearchResults =
  | { outcome: "nothing-asked" | "too-costly" }
  /** `people` are the few above the posts, null on further pages */
  | ({ outcome: "posts"; people: PeopleResults | null } & PostResults)
  | ({ outcome: "people" } & PeopleResults);

/** Of what is typed into the field. */
export const maxQueryLength = 200;
/** So many posts are ranked, the newest of those that match. */
export const maxRanked = 1_000;
/** Up to here a number of posts is said as it is. */
export const maxCounted = 100;
/** The three characters around what was found, which no text holds. */
export const foundMarks = { start: "\ue000", end: "\ue001", gap: "\ue002" };

/** Takes a headline of PostgreSQL's apart. */
export function parseMarks(headline: string): MarkedText {
  const pieces: MarkedText = [];
  let found = false;
  for (const piece of headline.split(/([\ue000\ue001])/)) {
    if (piece === foundMarks.start) found = true;
    else if (piece === foundMarks.end) found = false;
    else if (piece) pieces.push({ text: piece.replaceAll(foundMarks.gap, ""), found });
  }
  return pieces;
}

/** "1 post", "37 posts", "More than 100 posts". */
export function sayPosts(count: number): string {
  if (count > maxCounted) return `More than ${maxCounted} posts`;
  return count === 1 ? "1 post" : `${count} posts`;
}

/** A piece of a text with dots where it was cut. @param beginning of the whole text */
export function showCuts(piece: MarkedText, beginning: string): MarkedText {
  const text = piece.map((part) => part.text).join("");
  const cutBefore = !beginning.startsWith(text.slice(0, 12));
  const cutAfter = !/[.!?…。」"”)]\s*$/.test(text);
  const dots = (is: boolean, dot: string) => (is ? [{ text: dot, found: false }] : []);
  return [...dots(cutBefore, "… "), ...piece, ...dots(cutAfter, " …")];
}

/** The address of a search; `after` is the cursor of a further page. */
export function searchPath(q: string, { people = false, after = null as string | null } = {}): string {
  const search = new URLSearchParams({ q, ...(people && { in: "people" }), ...(after && { after }) });
  return `/search?${search}`;
}
