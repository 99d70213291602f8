import { z } from "zod";
import { tagPath } from "#app/posts/post.ts";
import { isPublic } from "#app/posts/posts.server.ts";
import { select } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import type { Feed, FeedEntry } from "#app/syndication/feed.ts";
import { avatarUrl, userPath } from "#app/users/user.ts";

/** Posts in a feed, and how much HTML of one of them is sent; a longer one is read on its page. */
const entriesInFeed = 25;
const maxEntryHtml = 200_000;

const columns = `
  p.id, p.title, p.excerpt, p.url, p.tags, p.warning, p.published_at as "publishedAt", p.edited_at as "editedAt",
  case when p.warning is null and length(p.body_html) <= ${maxEntryHtml} then p.body_html end as html,
  u.id as "authorId", u.username, u.name, u.avatar`;

const row = z.object({
  id: z.number(),
  title: z.string(),
  excerpt: z.string(),
  url: z.string().nullable(),
  tags: z.array(z.string()),
  warning: z.string().nullable(),
  publishedAt: z.date(),
  editedAt: z.date().nullable(),
  html: z.string().nullable(),
  authorId: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
});

/** The newest posts of everybody: one statement, as each of these. */
export async function findSiteFeed(): Promise<Feed> {
  const rows = await select("feed-document", siteSql, [entriesInFeed], row);
  const { siteName } = settings();
  return feedOf({ title: siteName, subtitle: `Latest posts on ${siteName}`, path: "/" }, rows);
}

const siteSql = `
  select ${columns}
    from (select p.* from posts p where ${isPublic} order by p.published_at desc, p.id desc limit $1) p
    join users u on u.id = p.author_id
   order by p.published_at desc, p.id desc`;

/** The newest posts with a tag; null where no post has it. */
export async function findTagFeed(tag: string): Promise<Feed | null> {
  const rows = await select("feed-document-tag", tagSql, [entriesInFeed, tag], row);
  if (rows.length === 0) return null;
  const { siteName } = settings();
  return feedOf({ title: `#${tag} · ${siteName}`, subtitle: `Posts about ${tag}`, path: tagPath(tag) }, rows);
}

const tagSql = `
  select ${columns}
    from (select p.* from post_tags t join posts p on p.id = t.post_id
           where t.tag = $2 order by t.published_at desc, t.post_id desc limit $1) p
    join users u on u.id = p.author_id
   order by p.published_at desc, p.id desc`;

/** The newest posts of a person, who may have none yet; null where there is no such person. */
export async function findPersonFeed(username: string): Promise<(Feed & { username: string }) | null> {
  if (!/^[\w-]{1,40}$/.test(username)) return null;
  const rows = await select("feed-document-person", personSql, [entriesInFeed, username.toLowerCase()], personRow);
  const [first] = rows;
  if (!first) return null;
  const posts = rows.flatMap((each) => row.safeParse(each).data ?? []);
  const about = {
    title: `${first.name} · ${settings().siteName}`,
    subtitle: `Posts by @${first.username}`,
    path: userPath(first.username),
  };
  return { ...feedOf(about, posts), username: first.username };
}

const personSql = `
  select ${columns}
    from users u
    left join lateral (select p.* from posts p where ${isPublic} and p.author_id = u.id
                        order by p.published_at desc, p.id desc limit $1) p on true
   where u.username_key = $2
   order by p.published_at desc, p.id desc`;

/** A person without a post is one row without a post. */
const personRow = z.looseObject({ id: z.number().nullable(), username: z.string(), name: z.string() });

function feedOf(about: Pick<Feed, "title" | "subtitle" | "path">, rows: z.infer<typeof row>[]): Feed {
  const entries = rows.map(toEntry);
  const updatedAt = new Date(Math.max(0, ...entries.map((entry) => entry.updatedAt.getTime())));
  return { ...about, updatedAt, entries };
}

function toEntry({ authorId, username, name, avatar, editedAt, ...post }: z.infer<typeof row>): FeedEntry {
  return {
    ...post,
    updatedAt: editedAt ?? post.publishedAt,
    author: { username, name, avatar: avatarUrl({ id: authorId, avatar }, "large") },
  };
}
