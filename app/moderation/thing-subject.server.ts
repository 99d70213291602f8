import { data } from "react-router";
import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import type { ActKind } from "#app/moderation/moderation.ts";
import { type Refusal, whyNot } from "#app/moderation/policy.ts";
import { findSubject, type SubjectFace } from "#app/moderation/subjects.server.ts";
import { select } from "#app/server/database.server.ts";

/** A post or a comment that an act is about to be done to, with its author. */
export interface ThingFace {
  author: SubjectFace;
  /** the title of the post that it is, or that it stands under */
  title: string;
  /** the first words of it */
  words: string;
  postId: number;
  commentId: number | null;
  kind: ActKind;
}

/** @throws a 404 response where there is no such thing to be seen by a moderator */
export async function findThing(of: { postId: string } | { commentId: string }, kind: ActKind): Promise<ThingFace> {
  const id = idOf("postId" in of ? of.postId : of.commentId);
  const [row] =
    "postId" in of
      ? await select("thing-post", postSql, [id], thingRow)
      : await select("thing-comment", commentSql, [id], thingRow);
  if (!row) throw data(null, { status: 404, statusText: "Not Found" });
  const { username, ...thing } = row;
  return { ...thing, kind, author: await findSubject(username) };
}

export function whyNotToThing(viewer: Viewer, { kind, author }: ThingFace): Refusal | null {
  return whyNot(kind, viewer, author);
}

/** @throws a 404 response where it can be no number of ours */
export function idOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw data(null, { status: 404, statusText: "Not Found" });
  return Number(text);
}

const postSql = `
  select u.username, p.title, p.excerpt as words, p.id as "postId", null::int as "commentId"
    from posts p join users u on u.id = p.author_id
   where p.id = $1 and p.status = 'published' and p.deleted_at is null`;
const commentSql = `
  select u.username, p.title, left(c.body, 280) as words, p.id as "postId", c.id as "commentId"
    from comments c join users u on u.id = c.author_id join posts p on p.id = c.post_id
   where c.id = $1 and c.deleted_at is null`;

const thingRow = z.object({
  username: z.string(),
  title: z.string(),
  words: z.string(),
  postId: z.number(),
  commentId: z.number().nullable(),
});
