import { randomBytes } from "node:crypto";
import { z } from "zod";
import { createPerson, createSession } from "#app/auth/test-people.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { addComment } from "#app/comments/comments.server.ts";
import { setFollow } from "#app/follows/follows.server.ts";
import { act } from "#app/moderation/act.server.ts";
import { type ActKind, formOf, isActKind } from "#app/moderation/moderation.ts";
import type { Target } from "#app/moderation/targets.server.ts";
import { undoAct } from "#app/moderation/undo.server.ts";
import { deletePost } from "#app/posts/writing.server.ts";
import { setPostReaction } from "#app/reactions/reactions.server.ts";
import { db } from "#app/server/database.server.ts";
import { skeletonOf } from "#app/users/username.ts";
import { editProfile } from "#app/users/users.server.ts";

/** One thing that happens in a community: `by` and `on` are places in its lists. */
export interface Step {
  is: "act" | "use";
  kind: string;
  by: number;
  on: number;
}

const facts = { ipAddress: "", userAgent: "" };

/**
 * A small community of its own: an admin, a moderator, three members with two sessions each, four posts (the last one
 * held), four comments. Names hold a mark of the community, which `state` takes out, so that two of them compare.
 */
export async function createCommunity() {
  // Of letters that are their own skeleton.
  const mark = Array.from(randomBytes(8), (byte) => "acdefghjkm"[byte % 10]).join("");
  const nameOf = (name: string) => `${name}${mark}`;
  const staff = [await viewerOf(nameOf("adm"), "admin"), await viewerOf(nameOf("mod"), "moderator")];
  const members = [await viewerOf(nameOf("ana")), await viewerOf(nameOf("ben")), await viewerOf(nameOf("cea"))];
  for (const { id } of members) await createSession(id);
  const posts: number[] = [];
  const comments: number[] = [];
  for (let index = 0; index < 4; index++) {
    const author = pick(members, index);
    const held = index === 3 ? new Date() : null;
    const post = await db.post.create({
      data: {
        authorId: author.id,
        title: `Post ${index}`,
        body: "Words",
        bodyHtml: "<p>Words</p>",
        excerpt: "Words",
        tags: [`tag${mark}`],
        status: "published",
        publishedAt: new Date(),
        heldAt: held,
        removedAt: held,
      },
      select: { id: true },
    });
    posts.push(post.id);
    const comment = await db.comment.create({
      data: { postId: post.id, authorId: pick(members, index + 1).id, body: "Yes", bodyHtml: "<p>Yes</p>" },
      select: { id: true },
    });
    comments.push(comment.id);
  }
  await db.user.updateMany({
    where: { id: { in: members.map(({ id }) => id) } },
    data: { bio: "About me", website: "https://example.org", avatar: `a${mark}` },
  });

  /** of each step, the action that it made; null where it made none */
  const actions: (string | null)[] = [];
  /** when each step ended */
  const ends: number[] = [];

  async function end(actionId: string | null): Promise<void> {
    actions.push(actionId);
    ends.push(Date.now());
    // What the next step does bears a later time.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }

  /** Returns false where it was refused. */
  async function live(step: Step): Promise<boolean> {
    const index = actions.length;
    const actionId = step.is === "act" ? await moderate(step, index) : null;
    const isDone = step.is === "act" ? actionId !== null : await goOn(step, index);
    await end(actionId);
    return isDone;
  }

  async function moderate(step: Step, index: number): Promise<string | null> {
    const kind = step.kind === "ban-hidden" ? "ban" : step.kind;
    if (!isActKind(kind)) throw new Error(`No act is called ${kind}`);
    const input = formOf(kind).parse({
      reason: `Step ${index}`,
      duration: "7d",
      content: step.kind === "ban-hidden" ? "hidden" : "kept",
      role: "moderator",
      username: nameOf(`r${index}x`),
    });
    // Parsed by the form of that kind.
    const asked = { kind, target: await targetOf(kind, step.on), input: input as never, facts };
    return act(pick(staff, step.by), asked).then(
      ({ actionId }) => actionId,
      (error: unknown) => refusedOnly(error),
    );
  }

  async function targetOf(kind: ActKind, on: number): Promise<Target> {
    if (kind.endsWith("-post")) return { postId: pick(posts, on) };
    if (kind.endsWith("-comment")) return { commentId: pick(comments, on) };
    const { username } = await db.user.findUniqueOrThrow({ where: { id: pick(members, on).id } });
    return { username };
  }

  async function goOn({ kind, by, on }: Step, index: number): Promise<boolean> {
    const viewer = pick(members, by);
    const postId = pick(posts, on);
    const uses: Record<string, () => Promise<unknown>> = {
      profile: () =>
        editProfile(viewer, { name: `Name ${index}`, bio: `Bio ${index}`, website: "", removeAvatar: false }, null),
      rename: () => rename(viewer.id, nameOf(`u${index}x`)),
      comment: async () => {
        const answer = await addComment(viewer, postId, { body: `Comment ${index}` });
        return answer.outcome === "added";
      },
      react: async () => {
        await setPostReaction(viewer, postId, true);
        return (await db.reaction.count({ where: { postId, userId: viewer.id } })) > 0;
      },
      follow: () => setFollow(viewer, pick(members, by + 1).id, true),
      "edit-post": () =>
        db.post.updateMany({ where: { authorId: viewer.id, id: postId }, data: { title: `Edited ${index}` } }),
      "delete-post": async () => (await deletePost(viewer, postId)) !== null,
      "sign-in": () => createSession(viewer.id),
    };
    const deed = uses[kind];
    if (!deed) throw new Error(`Nobody does ${kind}`);
    const done = await deed().catch((error: unknown) => refusedOnly(error) !== null);
    return done !== false;
  }

  /** As rename.server does, without its rhythm of 30 days. */
  async function rename(userId: string, username: string): Promise<void> {
    const user = await db.user.findUniqueOrThrow({ where: { id: userId } });
    await db.heldUsername.create({
      data: {
        userId,
        usernameKey: user.usernameKey,
        skeleton: user.usernameSkeleton,
        heldUntil: new Date(Date.now() + 86_400_000),
      },
    });
    const key = username.toLowerCase();
    await db.user.update({
      where: { id: userId },
      data: { username, usernameKey: key, usernameSkeleton: skeletonOf(username) },
    });
  }

  /** @param twice undoes the undo, and undoes that */
  async function undo(index: number, twice: boolean): Promise<void> {
    let actionId = actions[index] ?? "";
    for (let times = twice ? 3 : 1; times > 0; times--) {
      const outcome = await undoAct(pick(staff, 0), actionId, { reason: "It was wrong", facts });
      if (!outcome.actionId) throw new Error(`Step ${index} was not undone: ${outcome.refusal?.text}`);
      actionId = outcome.actionId;
    }
  }

  /** Everything but registers and notices, with places for ids and steps for times. */
  async function state(): Promise<unknown> {
    const ids = [...staff, ...members].map(({ id }) => id);
    const rows = await readRows(ids);
    const places = new Map<string, string>();
    for (const [index, id] of ids.entries()) places.set(id, `person ${index}`);
    const stepAt = (time: string) => {
      const at = Date.parse(time);
      const index = ends.findIndex((stepEnd) => at <= stepEnd);
      return index < 0 ? `after ${at > Date.now() ? "now" : "all"}` : `step ${index}`;
    };
    const text = JSON.stringify(rows)
      .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, (id) => places.get(id) ?? "an id")
      .replaceAll(mark, "")
      .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+(Z|\+00:00|\+00)/g, (time) => stepAt(time));
    return JSON.parse(text);
  }

  return { live, undo, state, skip: () => end(null) };
}

/** What the tables hold of some people, in an order that does not hang on ids that are random. */
async function readRows(ids: string[]): Promise<unknown> {
  const [row] = z.array(z.object({ rows: z.unknown() })).parse(
    await db.$queryRawUnsafe(
      `select jsonb_build_object(
         'users', (select jsonb_agg(to_jsonb(u) - 'updated_at' - 'created_at' - 'ban_id' ||
                     jsonb_build_object('ban', (select b.reason from bans b where b.id = u.ban_id)) order by array_position($1::uuid[], u.id))
                     from users u where id = any($1::uuid[])),
         'counts', (select jsonb_agg(to_jsonb(c) order by array_position($1::uuid[], c.user_id)) from user_counts c
                     where user_id = any($1::uuid[])),
         'sessions', (select jsonb_agg(jsonb_build_object('user', s.user_id, 'live', s.expires_at > now(),
                        'ban', (select b.reason from bans b where b.id = s.ban_id))
                        order by array_position($1::uuid[], s.user_id), s.created_at, s.id) from sessions s
                     where user_id = any($1::uuid[])),
         'posts', (select jsonb_agg(to_jsonb(p) - 'id' - 'created_at' - 'updated_at' - 'submission_key' || ${setOrNot("p", ["removed_at", "locked_at", "featured_at", "held_at"])} order by p.id)
                     from posts p where author_id = any($1::uuid[])),
         'comments', (select jsonb_agg(to_jsonb(c) - 'id' - 'post_id' - 'created_at' - 'submission_key' || ${setOrNot("c", ["removed_at", "held_at"])} order by c.id)
                     from comments c where author_id = any($1::uuid[])),
         'tags', (select jsonb_agg(to_jsonb(t) - 'created_at' order by name) from tags t
                     where name in (select unnest(tags) from posts where author_id = any($1::uuid[]))),
         'post tags', (select jsonb_agg(to_jsonb(t) - 'post_id' order by post_id) from post_tags t
                     where post_id in (select id from posts where author_id = any($1::uuid[]))),
         'search', (select jsonb_agg(s.title order by post_id) from post_search s where author_id = any($1::uuid[])),
         'held', (select jsonb_agg(jsonb_build_object('user', user_id, 'key', username_key, 'by', by_moderator)
                     order by username_key) from held_usernames where user_id = any($1::uuid[])),
         'reactions', (select jsonb_agg(jsonb_build_object('user', user_id) order by post_id, array_position($1::uuid[], user_id))
                     from reactions where user_id = any($1::uuid[])),
         'follows', (select jsonb_agg(to_jsonb(f) - 'created_at' order by array_position($1::uuid[], follower_id))
                     from follows f where follower_id = any($1::uuid[]))
       ) as rows`,
      ids,
    ),
  );
  return row?.rows;
}

/**
 * Of these times only whether they are set: whoever removes what is removed already is refused, and so the same state
 * may be of another act's time.
 */
function setOrNot(row: string, columns: string[]): string {
  return `jsonb_build_object(${columns.map((column) => `'${column}', ${row}.${column} is not null`).join(", ")})`;
}

async function viewerOf(username: string, role: "member" | "moderator" | "admin" = "member"): Promise<Viewer> {
  const { id, name } = await createPerson({ username, role });
  const { id: sessionId } = await db.session.findFirstOrThrow({ where: { userId: id } });
  return {
    id,
    username,
    name,
    avatar: "",
    role,
    sessionId,
    provedAt: new Date().toISOString(),
    staffFactorDue: null,
    recoveryReadyAt: null,
  };
}

function pick<T>(list: T[], index: number): T {
  const one = list[index % list.length];
  if (one === undefined) throw new Error("The list is empty");
  return one;
}

/** A refusal comes as a response or as none of what was asked for; anything else is a failure. */
function refusedOnly(error: unknown): null {
  const init = z.object({ init: z.object({ status: z.number() }) }).safeParse(error);
  if (init.success && init.data.init.status < 500) return null;
  throw error;
}
