import { readdir } from "node:fs/promises";
import path from "node:path";
import { hashPassword } from "#app/auth/password/passwords.server.ts";
import { renderMarkdown } from "#app/markdown/markdown.server.ts";
import type { NamedPeople } from "#app/mentions/mention.ts";
import { lay } from "#app/moderation/effects.server.ts";
import { closeDatabase, db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { skeletonOf } from "#app/users/username.ts";
import { type CastMember, cast, demoPassword } from "#prisma/demo/cast.ts";
import type { Discussion } from "#prisma/demo/discussion.ts";
import { followsOf, tagsFollowedBy } from "#prisma/demo/follows.ts";
import { createNotifications } from "#prisma/demo/notifications.ts";
import { drawAvatar, drawPicture, type StoredPicture } from "#prisma/demo/pictures.ts";
import { type DemoPost, readDemoPosts } from "#prisma/demo/post-files.ts";
import { createReports } from "#prisma/demo/reports.ts";

const hourMs = 3_600_000;

interface RenderedPost extends DemoPost {
  publishedAt: Date;
  source: string;
  html: string;
  excerpt: string;
}

/**
 * Fills an empty database with the demo's cast and what they wrote; a database with people in it is left alone.
 * Everything slow is done first; the rows are one transaction, so that a demo that was killed starts over.
 */
export async function seedDemo(log: (line: string) => void): Promise<void> {
  if (await db.user.findFirst({ select: { id: true } })) return;
  const now = Date.now();
  const [password, avatars, { posts, pictures }] = await Promise.all([
    hashPassword(demoPassword),
    drawAvatars(),
    renderPosts(now),
  ]);
  const discussions = await readDiscussions(posts);
  await inTransaction(async (tx) => {
    const people = await createPeople(tx, { password, avatars, now });
    await tx.upload.createMany({
      data: [...pictures, ...avatars.values()].map(({ owner, ...upload }) => ({
        ...upload,
        ownerId: idOf(people, owner),
      })),
    });
    for (const post of posts) await createPost(tx, post, people, discussions.get(post.slug) ?? []);
    await keepBookmarks(tx, people);
    await muteTheMuted(tx, people);
    await banTheBanned(tx, people, now);
    await createFollows(tx, people, now);
    await createNotifications(tx);
    await createReports(tx, people, now);
  });
  log(`${cast.length} people, ${posts.length} posts, ${[...discussions.values()].flat().length} threads`);
  await closeDatabase();
}

/** Ids by username. */
type People = Map<string, string>;

function idOf(people: People, username: string): string {
  const id = people.get(username);
  if (!id) throw new Error(`The demo's cast has no ${username}`);
  return id;
}

async function drawAvatars(): Promise<Map<string, StoredPicture>> {
  const drawn = await Promise.all(
    cast
      .filter(({ avatar }) => avatar !== "generated")
      .map(async (member) => [member.username, await drawAvatar(member)] as const),
  );
  return new Map(drawn);
}

async function renderPosts(now: number): Promise<{ posts: RenderedPost[]; pictures: StoredPicture[] }> {
  const pictures: StoredPicture[] = [];
  const posts: RenderedPost[] = [];
  for (const post of await readDemoPosts()) {
    let source = post.body;
    for (const [reference, name] of source.matchAll(/image:([\w-]+\.svg)/g)) {
      const picture = await drawPicture(name ?? "", post.author);
      pictures.push(picture);
      source = source.replace(reference, `/media/${picture.key}`);
    }
    const { html, excerpt } = await renderMarkdown(source);
    posts.push({ ...post, source, html, excerpt, publishedAt: new Date(now - post.hoursAgo * hourMs) });
  }
  return { posts: posts.sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime()), pictures };
}

async function readDiscussions(posts: DemoPost[]): Promise<Map<string, Discussion>> {
  const folder = path.join(import.meta.dirname, "discussions");
  const discussions = new Map<string, Discussion>();
  for (const file of await readdir(folder)) {
    const slug = file.replace(/\.ts$/, "");
    if (!posts.some((post) => post.slug === slug)) throw new Error(`discussions/${file} belongs to no post`);
    const { discussion } = (await import(path.join(folder, file))) as { discussion: Discussion }; // the files' one export
    discussions.set(slug, discussion);
  }
  return discussions;
}

async function createPeople(
  tx: Transaction,
  { password, avatars, now }: { password: string; avatars: Map<string, StoredPicture>; now: number },
): Promise<People> {
  const people: People = new Map();
  for (const member of cast) {
    const joinedAt = new Date(now - member.joinedDaysAgo * 24 * hourMs);
    const { id } = await tx.user.create({
      data: {
        username: member.username,
        usernameKey: member.username.toLowerCase(),
        usernameSkeleton: skeletonOf(member.username),
        name: member.name,
        email: member.email,
        emailVerified: true,
        role: member.role,
        bio: member.bio,
        website: member.website,
        avatar: avatars.get(member.username)?.key,
        createdAt: joinedAt,
        accounts: { create: { accountId: member.email, providerId: "credential", password, createdAt: joinedAt } },
      },
      select: { id: true },
    });
    people.set(member.username, id);
  }
  await tx.$executeRaw`update accounts set account_id = user_id::text`;
  return people;
}

async function createPost(tx: Transaction, post: RenderedPost, people: People, discussion: Discussion): Promise<void> {
  const { id } = await tx.post.create({
    data: {
      authorId: idOf(people, post.author),
      status: post.status,
      title: post.title,
      body: post.source,
      bodyHtml: post.html,
      excerpt: post.excerpt,
      url: post.url,
      tags: post.tags,
      createdAt: post.publishedAt,
      updatedAt: post.publishedAt,
      publishedAt: post.status === "published" ? post.publishedAt : null,
    },
    select: { id: true },
  });
  const fans = readersFrom(id, post.author).slice(0, post.reactions);
  await tx.reaction.createMany({
    data: fans.map((username) => ({ postId: id, userId: idOf(people, username), createdAt: post.publishedAt })),
  });
  await createComments(tx, { postId: id, publishedAt: post.publishedAt, people }, discussion, null);
  if (post.removed) {
    const { id: actionId } = await tx.moderationAction.create({
      data: {
        kind: "remove-post",
        moderatorId: idOf(people, "omar"),
        moderatorUsername: "omar",
        subjectUserId: idOf(people, post.author),
        subjectUsername: post.author,
        subjectPostId: id,
        reason: post.removed,
        createdAt: new Date(post.publishedAt.getTime() + hourMs),
      },
      select: { id: true },
    });
    const after = new Date(post.publishedAt.getTime() + hourMs).toISOString();
    await lay(tx, actionId, { aspect: "post.removed", subjects: [String(id)], after });
  }
}

/** Everyone but the author who may like a thing; who comes first differs from one to the next. */
function readersFrom(start: number, author: string): string[] {
  const readers = cast.filter(({ username, banned }) => username !== author && !banned).map(({ username }) => username);
  const first = start % readers.length;
  return [...readers.slice(first), ...readers.slice(0, first)];
}

/** What Mina keeps for later: every ninth of the posts, a day after it came out. */
async function keepBookmarks(tx: Transaction, people: People): Promise<void> {
  const userId = idOf(people, "mina");
  const posts = await tx.post.findMany({
    where: {
      status: "published",
      removedAt: null,
      authorId: { not: userId },
      id: { in: Array.from({ length: 8 }, (_, index) => 5 + 9 * index) },
    },
    select: { id: true, publishedAt: true },
  });
  await tx.bookmark.createMany({
    data: posts.map(({ id, publishedAt }) => ({
      userId,
      postId: id,
      createdAt: new Date(Math.min(Date.now(), (publishedAt?.getTime() ?? 0) + 24 * hourMs)),
    })),
  });
}

/** Adds a discussion, in its order: what was edited, with its former text; what was liked, with whose likes. */
async function createComments(
  tx: Transaction,
  post: { postId: number; publishedAt: Date; people: People },
  comments: Discussion,
  parentId: number | null,
): Promise<void> {
  const named: NamedPeople = new Map([...post.people].map(([username, id]) => [username, { id, username }]));
  for (const comment of comments) {
    const createdAt = new Date(post.publishedAt.getTime() + comment.hoursAfter * hourMs);
    const { html, mentioned } = await renderMarkdown(comment.body, "comment", null, named);
    const { id } = await tx.comment.create({
      data: {
        postId: post.postId,
        authorId: idOf(post.people, comment.by),
        parentId,
        body: comment.body,
        bodyHtml: html,
        createdAt,
        ...(comment.was && {
          version: 2,
          editedAt: new Date(createdAt.getTime() + hourMs / 2),
          versions: { create: { version: 1, body: comment.was, writtenAt: createdAt } },
        }),
      },
      select: { id: true },
    });
    await tx.mention.createMany({
      data: mentioned.map((writtenAs) => ({ commentId: id, userId: idOf(post.people, writtenAs), writtenAs })),
    });
    await tx.commentReaction.createMany({
      data: readersFrom(id, comment.by)
        .slice(0, comment.reactions)
        .map((username) => ({ commentId: id, userId: idOf(post.people, username), createdAt })),
    });
    await createComments(tx, post, comment.replies ?? [], id);
  }
}

async function muteTheMuted(tx: Transaction, people: People): Promise<void> {
  await tx.mute.createMany({
    data: cast.flatMap(({ username, mutes = [] }) =>
      mutes.map((muted) => ({ muterId: idOf(people, username), mutedId: idOf(people, muted) })),
    ),
  });
}

async function createFollows(tx: Transaction, people: People, now: number): Promise<void> {
  const follows = cast.flatMap(({ username }) => followsOf(username).map((followed) => [username, followed] as const));
  await tx.follow.createMany({
    data: follows.map(([follower, followed], index) => ({
      followerId: idOf(people, follower),
      followeeId: idOf(people, followed),
      createdAt: new Date(now - (follows.length - index) * hourMs),
    })),
  });
  await tx.tagFollow.createMany({
    data: cast.flatMap(({ username }) =>
      tagsFollowedBy(username).map((tag) => ({ userId: idOf(people, username), tag })),
    ),
  });
}

async function banTheBanned(tx: Transaction, people: People, now: number): Promise<void> {
  const banned = cast.filter(
    (member): member is CastMember & Required<Pick<CastMember, "banned">> => member.banned !== undefined,
  );
  for (const { username, banned: ban } of banned) {
    const userId = idOf(people, username);
    const moderatorId = idOf(people, "omar");
    const createdAt = new Date(now - ban.daysAgo * 24 * hourMs);
    const expiresAt = ban.durationDays === null ? null : new Date(createdAt.getTime() + ban.durationDays * 24 * hourMs);
    const { id: banId } = await tx.ban.create({
      data: { userId, moderatorId, reason: ban.reason, createdAt, expiresAt },
    });
    const { id: actionId } = await tx.moderationAction.create({
      data: {
        kind: "ban",
        moderatorId,
        moderatorUsername: "omar",
        subjectUserId: userId,
        subjectUsername: username,
        reason: ban.reason,
        banId,
        createdAt,
        expiresAt,
      },
      select: { id: true },
    });
    await lay(tx, actionId, { aspect: "user.ban", subjects: [userId], after: banId });
    const appealedAt = new Date(createdAt.getTime() + 40 * hourMs);
    await tx.appeal.create({ data: { actionId, userId, body: ban.appeal, createdAt: appealedAt } });
  }
}
