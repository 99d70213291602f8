import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import type { SearchQuery } from "#app/search/query.ts";
import type { PeopleResults } from "#app/search/search.ts";
import type { Param } from "#app/search/text-match.server.ts";
import { selectBounded } from "#app/server/bounded-reads.server.ts";
import { avatarUrl, notGone } from "#app/users/user.ts";

/** People on a page of their own. */
export const peoplePageSize = 25;
/** People above the posts. */
export const peopleAbove = 4;

/** Where the next page of people starts. */
export interface PersonPlace {
  score: number;
  username: string;
}

/**
 * People whose username and name hold every word, the likeliest first, in one statement; where there are none, those
 * whose names come close. Of a thousand at most: whoever looks for one letter wants nobody in particular.
 * @throws TooCostly where it did not end in time
 */
export async function searchPeople(
  query: SearchQuery,
  viewer: Viewer | null,
  after: PersonPlace | null,
  limit = peoplePageSize,
): Promise<PeopleResults> {
  const words = nameWords(query);
  if (words.length === 0) return { people: [], next: null, close: false };
  const { text, values } = peopleSql(words, viewer?.id ?? null, after, limit + 1);
  const rows = await selectBounded(text, values, personRow);
  const people = rows.slice(0, limit).map(({ id, username, name, avatar, bio }) => ({
    username,
    name,
    bio,
    avatar: avatarUrl({ id, avatar }),
  }));
  const last = rows[limit - 1];
  const next = rows.length > limit && last ? `${last.score.toString(36)}-${last.username.toLowerCase()}` : null;
  return { people, next, close: rows[0]?.close ?? false };
}

/** The place of a URL, or null for the first page and for anything that is no place. */
export function parsePersonPlace(text: string | null): PersonPlace | null {
  const [, score, username] = /^([0-9a-z]{1,6})-([a-z0-9][a-z0-9_-]{0,39})$/.exec(text ?? "") ?? [];
  return score && username ? { score: Number.parseInt(score, 36), username } : null;
}

/** The words that can stand in a name: the first five. */
function nameWords({ words, phrases, prefixes }: SearchQuery): string[] {
  const all = [...words, ...prefixes, ...phrases.flatMap((phrase) => phrase.split(" "))];
  return all.filter((word) => /[\p{L}\p{N}]/u.test(word)).slice(0, 5);
}

const face = "plain_letters(u.username || ' ' || u.name)";

function peopleSql(words: string[], viewerId: string | null, after: PersonPlace | null, limit: number) {
  const values: unknown[] = [];
  const param: Param = (value) => `$${values.push(value)}`;
  const muted = viewerId ? `and ${notMuted(param(viewerId), "u.id")}` : "";
  const whole = `plain_letters(${param(words.join(" "))}::text)`;
  const [first = ""] = words;
  const close = `
      select u.id, round(1000 * word_similarity(${whole}, ${face}))::int as score, true as close
        from users u
       where not exists (select from named) and ${whole} <% ${face} and ${notGone("u.username")} ${muted}
       order by score desc limit 10`;
  const text = `
    with named as materialized (
      select u.id, ${scoreSql(whole, param(literal(first)))} as score
        from (select * from users u where u.username_key = ${param(first.toLowerCase())}
              union
              (select * from users u where ${words.map((word) => contains(word, param)).join(" and ")} limit 1000)) u
       where ${notGone("u.username")} ${muted}
    ), close as materialized (${after ? "select null::uuid as id, 0 as score, true as close where false" : close}
    ), all_of_them as (select id, score, false as close from named union all select id, score, close from close)
    select u.id, u.username, u.name, u.avatar, u.bio, a.score, a.close
      from all_of_them a join users u on u.id = a.id
     ${after ? `where a.score < ${param(after.score)}::int or a.score = ${param(after.score)}::int and u.username_key > ${param(after.username)}` : ""}
     order by a.score desc, u.username_key limit ${limit}`;
  return { text, values };
}

/** Whoever is called just so comes first, then whose username or name begins so; who writes much before who does not. */
function scoreSql(whole: string, first: string): string {
  const start = `plain_letters(${first}::text) || '%'`;
  return `1000 * case
            when u.username_key = ${whole} then 9
            when plain_letters(u.name) = ${whole} then 8
            when u.username_key like ${start} then 7
            when plain_letters(u.name) like ${start} then 6
            when plain_letters(u.name) like '% ' || ${start} then 5
            else 1 end + least(u.post_count, 999)`;
}

/** One word somewhere in the names. One or two letters are too few for the index: they have to begin a word. */
function contains(word: string, param: Param): string {
  const typed = `plain_letters(${param(literal(word))}::text)`;
  return [...word].length > 2
    ? `${face} like '%' || ${typed} || '%'`
    : `(${face} like ${typed} || '%' or ${face} like '% ' || ${typed} || '%')`;
}

function literal(word: string): string {
  return word.replace(/[\\%_]/g, "\\$&");
}

const personRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  bio: z.string(),
  score: z.number(),
  close: z.boolean(),
});
