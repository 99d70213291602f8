import { randomBytes } from "node:crypto";
import pg from "pg";
import { skeletonOf } from "#app/users/username.ts";
import { createCommunity, type GeneratedPost, type GeneratedUser } from "#prisma/generated-community.ts";

export interface SeedOptions {
  users: number;
  posts: number;
  /** called often; `share` goes from 0 to 1 */
  onProgress: (share: number, doing: string) => void;
}

/** Rows that one statement writes. */
const batchSize = 2_000;

/**
 * Adds a generated community to the database of DATABASE_URL: people who cannot sign in, posts, comments and
 * reactions. For trying the site at size; it never belongs on a real one.
 */
export async function seedCommunity({ users, posts, onProgress }: SeedOptions): Promise<void> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  try {
    // A run adds to what is there, so that its names carry a mark of their own.
    const community = createCommunity(randomBytes(3).toString("hex"));
    const total = users + posts * 2;
    let done = 0;
    const report = (added: number, doing: string) => {
      done += added;
      onProgress(done / total, doing);
    };
    await client.query("begin");
    // Counters are written at once at the end instead of once a row.
    await client.query("set local session_replication_role = replica").catch(async () => {
      throw new Error("Only the database's owner or a superuser can fill it; the user of DATABASE_URL is neither.");
    });
    const userIds: string[] = [];
    for (let from = 0; from < users; from += batchSize) {
      const batch = Array.from({ length: Math.min(batchSize, users - from) }, (_, index) =>
        community.user(from + index),
      );
      await insertUsers(client, batch);
      userIds.push(...batch.map((user) => user.id));
      report(batch.length, "people");
    }
    const postIds: number[] = [];
    for (let from = 0; from < posts && users > 0; from += batchSize) {
      const batch = Array.from({ length: Math.min(batchSize, posts - from) }, (_, index) =>
        community.post(from + index, userIds),
      );
      postIds.push(...(await insertPosts(client, batch)));
      report(batch.length, "posts");
    }
    for (let from = 0; from < postIds.length; from += batchSize) {
      const ids = postIds.slice(from, from + batchSize);
      await insertTalk(client, ids, userIds);
      report(ids.length, "comments and reactions");
    }
    await insertFollows(client, userIds);
    await client.query(recount, [postIds, userIds]);
    await client.query(followTags, [userIds]);
    await client.query("commit");
    await client.query("analyze");
  } finally {
    await client.end();
  }
}

async function insertUsers(client: pg.Client, users: GeneratedUser[]): Promise<void> {
  await client.query(
    `insert into users (id, username, username_key, username_skeleton, name, email, email_verified, bio, created_at, updated_at)
     select id, username, lower(username), skeleton, name, email, true, bio, created_at, created_at
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
         as u (id, username, skeleton, name, email, bio, created_at)`,
    [
      users.map((user) => user.id),
      users.map((user) => user.username),
      users.map((user) => skeletonOf(user.username)),
      users.map((user) => user.name),
      users.map((user) => user.email),
      users.map((user) => user.bio),
      users.map((user) => user.createdAt),
    ],
  ); // The trigger that does this is off.
  await client.query(
    `insert into email_addresses (user_id, email, verified_at, created_at)
     select id, email, created_at, created_at from users where id = any($1::uuid[])`,
    [users.map((user) => user.id)],
  );
}

async function insertPosts(client: pg.Client, posts: GeneratedPost[]): Promise<number[]> {
  const { rows } = await client.query<{ id: number }>(
    `insert into posts (author_id, status, title, body, body_html, excerpt, tags, created_at, updated_at, published_at, submission_key)
     select author_id, 'published', title, body, html, left(body, 280), string_to_array(tags, ' '), at, at, at, gen_random_uuid()
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[])
         as p (author_id, title, body, html, tags, at)
     returning id`,
    [
      posts.map((post) => post.authorId),
      posts.map((post) => post.title),
      posts.map((post) => post.body),
      posts.map((post) => post.bodyHtml),
      posts.map((post) => post.tags.join(" ")),
      posts.map((post) => post.publishedAt),
    ],
  );
  return rows.map((row) => row.id);
}

/** About three reactions and one and a half comments to a post; PostgreSQL deals them out. */
async function insertTalk(client: pg.Client, postIds: number[], userIds: string[]): Promise<void> {
  await client.query(
    `insert into reactions (post_id, user_id, created_at)
     select id, ($2::uuid[])[1 + floor(random() * cardinality($2::uuid[]))::int], now()
       from unnest($1::int[]) id, generate_series(1, 6) k where random() < 0.5
     on conflict do nothing`,
    [postIds, userIds],
  );
  await client.query(
    `insert into comments (post_id, author_id, body, body_html, created_at)
     select p.id, ($2::uuid[])[1 + floor(random() * cardinality($2::uuid[]))::int], text, '<p dir="auto">' || text || '</p>',
            p.published_at + random() * least(interval '3 days', now() - p.published_at)
       from posts p, generate_series(1, 3) k,
            lateral (select (array['I had not thought of it that way.', 'The same happened to us, only slower.',
              'Where does the second figure come from?', 'Thank you for writing this down.',
              'I disagree about the ending, but the beginning is right.'])[1 + (p.id * 7 + k) % 5] as text) t
      where p.id = any($1::int[]) and random() < 0.5`,
    [postIds, userIds],
  );
}

/** Everybody follows about fifteen people; the first person follows half of all. */
async function insertFollows(client: pg.Client, userIds: string[]): Promise<void> {
  await client.query(
    `insert into follows (follower_id, followee_id, created_at)
     select follower, followee, now() - random() * interval '300 days'
       from (select id as follower, ($1::uuid[])[1 + floor(power(random(), 2) * cardinality($1::uuid[]))::int] as followee
               from unnest($1::uuid[]) id, generate_series(1, 30) k where random() < 0.5
             union all
             select ($1::uuid[])[1], id from unnest($1::uuid[]) with ordinality u (id, place) where place % 2 = 0) pair
      where follower <> followee
     on conflict do nothing`,
    [userIds],
  );
}

/** A tag or two for everybody. */
const followTags = `
  insert into tag_follows (user_id, tag)
  select id, name from unnest($1::uuid[]) id, tags where random() < 0.1
  on conflict do nothing`;

const recount = `
  with counted as (
    select p.id, (select count(*) from reactions r where r.post_id = p.id) as reactions,
           (select count(*) from comments c where c.post_id = p.id) as comments
      from posts p where p.id = any($1::int[])
  ), posts_done as (
    update posts p set reaction_count = c.reactions, comment_count = c.comments from counted c where c.id = p.id
  ), tagged as (
    insert into post_tags (tag, published_at, post_id)
    select tag, published_at, id from posts, unnest(tags) tag where id = any($1::int[])
    returning tag
  ), tags_done as (
    insert into tags (name, post_count) select tag, count(*) from tagged group by tag
    on conflict (name) do update set post_count = tags.post_count + excluded.post_count
  ), searchable as (
    insert into post_search (post_id, author_id, published_at, title, tags, body)
    select s.post_id, s.author_id, s.published_at, s.title, s.tags, s.body
      from posts p, post_search_row(p) s where p.id = any($1::int[])
  ), vocabulary as (
    insert into search_vocabulary
    select distinct word from posts, search_vocabulary_of(title, tags) word where id = any($1::int[])
    on conflict do nothing
  ), people_done as (
    insert into user_counts (user_id, comment_count, follower_count, following_count)
    select person, (select count(*) from comments where author_id = person),
           (select count(*) from follows where followee_id = person),
           (select count(*) from follows where follower_id = person)
      from unnest($2::uuid[]) person
    on conflict (user_id) do update
      set (comment_count, follower_count, following_count)
        = (excluded.comment_count, excluded.follower_count, excluded.following_count)
  )
  update users u set post_count = (select count(*) from posts p where p.author_id = u.id)
   where u.id = any($2::uuid[])`;
