import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { canonicalTag } from "#app/posts/post-form.ts";
import { select } from "#app/server/database.server.ts";
import type { ShownTag, TagSuggestion, TagsPage } from "#app/tags/tag.ts";

export const tagsPageSize = 100;

/** A tag that a public post has or had, also by one of its synonyms; null for a word that is none. */
export async function findTag(word: string, viewer: Viewer | null): Promise<ShownTag | null> {
  const [tag] = await select("tag", tagSql, [word, viewer?.id ?? null], shownTag);
  return tag ?? null;
}

const tagSql = `
  select t.name, t.post_count as "postCount", f.user_id is not null as followed
    from tags t left join tag_follows f on f.tag = t.name and f.user_id = $2::uuid
   where t.name = coalesce((select tag from tag_synonyms where name = $1), $1)`;

const countedTag = { name: z.string(), postCount: z.number() };
const shownTag = z.object({ ...countedTag, followed: z.boolean() });

/** One page of the tags that posts have now, the most used first. */
export async function listTags(after: string | null): Promise<TagsPage> {
  const cursor = parseTagCursor(after);
  const rows = await select(
    "tags",
    tagsSql,
    [tagsPageSize + 1, cursor?.postCount ?? 2_147_483_647, cursor?.name ?? ""],
    z.object(countedTag),
  );
  const last = rows[tagsPageSize - 1];
  return {
    tags: rows.slice(0, tagsPageSize),
    next: rows.length > tagsPageSize && last ? `${last.postCount}-${last.name}` : null,
  };
}

const tagsSql = `
  select name, post_count as "postCount" from tags
   where post_count > 0 and post_count <= $2 and (post_count < $2 or name > $3)
   order by post_count desc, name limit $1`;

/** A place in the list: the count, a dash, the tag. */
function parseTagCursor(text: string | null): { postCount: number; name: string } | null {
  const [, count = "", name = ""] = /^(\d{1,9})-(.{1,60})$/u.exec(text ?? "") ?? [];
  return name && canonicalTag(name) === name ? { postCount: Number(count), name } : null;
}

/** The most used tags that begin with what was typed, or have a synonym that does. */
export async function suggestTags(typed: string): Promise<TagSuggestion[]> {
  const start = canonicalTag(typed.slice(0, 100));
  if (!start) return [];
  return select(
    "tag-suggestions",
    suggestionsSql,
    [start, 8],
    z.object({ ...countedTag, alias: z.string().nullable() }),
  );
}

const suggestionsSql = `
  select t.name, t.post_count as "postCount", min(fits.alias) as alias
    from (select name as tag, null as alias from tags where starts_with(name, $1)
          union all
          select tag, name from tag_synonyms where starts_with(name, $1)) fits
    join tags t on t.name = fits.tag
   where t.post_count > 0
   group by t.name
   order by t.post_count desc, t.name limit $2`;
