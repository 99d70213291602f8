import { notMuted } from "#app/mutes/conditions.server.ts";
import { feedColumns, ownMarks } from "#app/posts/posts.server.ts";
import type { Place } from "#app/search/place.ts";
import { hasWords, type SearchQuery } from "#app/search/query.ts";
import { foundMarks, maxRanked } from "#app/search/search.ts";
import { exactMatch, form, looseMatch, type Param } from "#app/search/text-match.server.ts";

interface SearchPage {
  viewerId: string | null;
  /** when the search began */
  at: Date;
  /** null for the first page */
  after: Place | null;
  limit: number;
}

/**
 * Keeps PostgreSQL from joining a query with the one around it. For a common word it would go through the posts by time
 * and read the text of each one on the way, which its planner takes for cheap.
 */
const fence = "offset 0";

/**
 * The statement of a search. Only what everyone may see is in post_search.
 *
 * What matches is found by the index alone, a phrase by its words in any order. Of that the newest `maxRanked` are looked
 * at: their words are read, the order of words is compared, they are ranked, and the page's 26 are marked. So what is
 * slow is done for a bounded number of texts, however common a word is.
 */
export function searchSql(query: SearchQuery, { viewerId, at, after, limit }: SearchPage) {
  const values: unknown[] = [viewerId];
  const param: Param = (value) => `$${values.push(value)}`;
  const now = `${param(at)}::timestamptz`;
  const loose = looseMatch(query, param);
  const exact = exactMatch(query, param);
  const words = hasWords(query) ? exact : null;
  const filters = [
    viewerId && notMuted("$1", "s.author_id"),
    after && `s.published_at <= ${now}`,
    ...filtersOf(query, param),
  ];
  const where = (first: string | null) => [first, ...filters].filter(Boolean).join("\n       and ") || "true";
  const text = `
    with newest as materialized (
      select post_id from (
          select s.post_id, s.published_at from post_search s
           where ${where(loose && `s.words @@ (${loose})`)}
          ${loose ? fence : ""}) matching
       order by published_at desc, post_id desc limit ${maxRanked}
    ), found as materialized (
      select s.post_id, ${words ? scoreOf(words, now) : scoreWithoutWords} as score
        from newest n
        cross join lateral (select * from post_search where post_id = n.post_id ${fence}) s
        cross join lateral (select reaction_count from posts where id = n.post_id ${fence}) p
       where ${exact ? `s.words @@ (${exact})` : "true"}
    ), close as materialized (
      ${closeSql(query, after, where, param)}
    ), page as (
      select post_id, score, false as close from found
       ${after ? `where (score, post_id) < (${param(after.score)}::float8, ${param(after.id)}::int)` : ""}
      union all
      select post_id, score, true from close
       order by score desc, post_id desc limit ${limit}
    ), summary as (
      select ${now} as at, (select count(*)::int from found) as count,
             (select count(*)::int from newest) as looked,
             ${unknownAuthorsSql(query, param)} as "unknownAuthors",
             ${tagsSql(query, after, param)} as "knownTags",
             ${spellingsSql(query, after, param)} as spellings
    )
    select summary.*, page.score, page.close, shown.*
      from summary left join page on true
      left join lateral (
        select ${feedColumns},
               ${words ? marked("s.title", words, "HighlightAll=true") : "s.title"} as "markedTitle",
               ${words ? `case when p.warning is null then ${marked(nearby(query, param), words, fragments)} end` : "null"} as snippet
          from posts p join post_search s on s.post_id = p.id join users u on u.id = p.author_id ${ownMarks}
         where p.id = page.post_id
      ) shown on true
     order by page.score desc, page.post_id desc`;
  return { text, values };
}

/**
 * rank × (1 + ⅕ ln(1 + reactions)) × (1 + 1 / (1 + age in years)), in millionths: how well the words match (title
 * before tags before text, near each other before far apart), half as much again for what twelve people like, and up
 * to twice that for what was written today.
 */
function scoreOf(words: string, now: string): string {
  return `round((1e6 * ts_rank_cd(s.words, ${words}, 1)
              * (1 + 0.2 * ln(1 + p.reaction_count))
              * (1 + 1 / (1 + greatest(0, extract(epoch from ${now} - s.published_at)) / 31557600)))::numeric)::float8`;
}

/** Where nothing ranks them, the newest come first. */
const scoreWithoutWords = "extract(epoch from s.published_at)::float8 * 1000";

/** What narrows a search down without being in the text. */
function filtersOf(query: SearchQuery, param: Param): (string | false | null)[] {
  const { authors, withoutAuthors, tags, withoutTags, after, before } = query;
  const people = (usernames: string[]) =>
    `array(select id from users where username_key = any(${param(usernames)}::text[]))`;
  const canonical = (names: string[]) =>
    `array(select coalesce(y.tag, t) from unnest(${param(names)}::text[]) t left join tag_synonyms y on y.name = t)`;
  return [
    authors.length > 0 && `s.author_id = any(${people(authors)})`,
    withoutAuthors.length > 0 && `s.author_id <> all(${people(withoutAuthors)})`,
    tags.length > 0 && `s.tags @> ${canonical(tags)}`,
    withoutTags.length > 0 && `not s.tags && ${canonical(withoutTags)}`,
    after && `s.published_at >= ${param(after)}::timestamptz`,
    before && `s.published_at < ${param(before)}::timestamptz`,
  ];
}

/** Words long enough to be recognised when they are mistyped. */
function longWords({ words }: SearchQuery): string[] {
  return words.filter((word) => word.length >= 4).slice(0, 4);
}

/** Where nothing has the words: titles with words like them. Of 500 at most, for a common word has no end of them. */
function closeSql(query: SearchQuery, after: Place | null, where: (first: string) => string, param: Param): string {
  const words = longWords(query);
  if (words.length === 0 || after) return "select null::int as post_id, 0::float8 as score where false";
  const alike = words.map((word) => `plain_letters(${param(word)}::text) <% plain_letters(s.title)`);
  return `
      select post_id, round(1e6 * (select sum(word_similarity(plain_letters(w), plain_letters(title)))
                                     from unnest(${param(words)}::text[]) w)::numeric)::float8 as score
        from (select s.post_id, s.title from post_search s
               where ${where(`not exists (select from found) and (${alike.join(" or ")})`)}
               limit 500) s
       order by score desc, post_id desc limit 10`;
}

function unknownAuthorsSql({ authors }: SearchQuery, param: Param): string {
  if (authors.length === 0) return "'{}'::text[]";
  return `array(select a from unnest(${param(authors)}::text[]) a
                 where not exists (select from users where username_key = a))`;
}

/** Tags that are the words or begin with them, the busiest first. */
function tagsSql(query: SearchQuery, after: Place | null, param: Param): string {
  const words = [...query.words, ...query.prefixes, ...query.phrases].map((text) =>
    text.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-"),
  );
  if (words.length === 0 || after) return "null::json";
  const names = `any(${param([...new Set([...words, words.join("-")])])}::text[])`;
  const longer = `any(${param(words.filter((word) => word.length >= 3).map((word) => `${word}%`))}::text[])`;
  return `(
        select json_agg(t) from (
          select name, post_count as "postCount" from tags
           where post_count > 0 and (name = ${names} or name like ${longer})
           order by name = ${names} desc, post_count desc, name limit 5) t)`;
}

/** Where nothing is found: for each word that no post has, some that posts have and that look like it. */
function spellingsSql(query: SearchQuery, after: Place | null, param: Param): string {
  const words = longWords(query);
  if (words.length === 0 || after) return "null::json";
  const stands = (word: string) =>
    `exists (select from post_search s where s.words @@ plainto_tsquery('stoa', search_form(${word})))`;
  return `(
        select json_agg(t) from (
          select typed, array(select word from (
                   select v.word from search_vocabulary v where v.word % plain_letters(typed)
                    order by similarity(v.word, plain_letters(typed)) desc, v.word limit 8) v where ${stands("word")}) as known
            from unnest(${param(words)}::text[]) typed
           where not exists (select from found) and not ${stands("typed")}) t)`;
}

const fragments = 'MaxFragments=2,MinWords=10,MaxWords=28,FragmentDelimiter=" … "';

/** After `<`, after a mark that a letter follows, and after each letter of a script that leaves no spaces. */
const seams =
  "(<|[][!-/:-@\\\\^_`{-~’](?=\\w)|[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff])";

/**
 * A text with private-use characters around what was found. PostgreSQL takes the text apart by itself: what it would
 * take for markup, an address or one word is parted by another such character first.
 */
function marked(text: string, words: string, options: string): string {
  const parted = `regexp_replace(${text}, '${seams.replaceAll("'", "''")}', '\\1${foundMarks.gap}', 'g')`;
  return `ts_headline('stoa', ${parted}, ${words}, 'StartSel=${foundMarks.start},StopSel=${foundMarks.end},${options}')`;
}

/** Of a long text the part around the longest of the words: marking reads all that it is given. */
function nearby({ words, phrases, prefixes }: SearchQuery, param: Param): string {
  const all = [...words, ...prefixes, ...phrases.flatMap((phrase) => phrase.split(" "))];
  const [longest = ""] = all.sort((a, b) => b.length - a.length);
  const stem = `(tsvector_to_array(to_tsvector('stoa', ${form(param(longest))})))[1]`;
  // A stem may end in another letter than the word: "batteri" for "battery".
  const begin = `case when length(${stem}) > 4 then left(${stem}, -1) else ${stem} end`;
  return `case when length(s.body) < 2000 then s.body
            else substr(s.body, greatest(1, strpos(plain_letters(left(s.body, 20000)), ${begin}) - 300), 1600) end`;
}
