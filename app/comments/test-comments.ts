import type { Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

/** A post of somebody's, straight into the test's database. */
export async function createPost(
  author: Person,
  data: { status?: "draft" | "published"; title?: string; removedAt?: Date; deletedAt?: Date } = {},
): Promise<number> {
  const { status = "published" } = data;
  const { id } = await db.post.create({
    data: {
      authorId: author.id,
      title: "On benches",
      body: "x",
      bodyHtml: "<p>x</p>",
      excerpt: "x",
      tags: ["benches"],
      publishedAt: status === "published" ? new Date() : null,
      ...data,
      status,
    },
    select: { id: true },
  });
  return id;
}

/** Sends a comment through its form. */
export function say(person: Person, postId: number, body: string, fields: { parentId?: number } & Form = {}) {
  const { parentId, ...rest } = fields;
  const form = { ...rest, body, parentId: parentId === undefined ? undefined : String(parentId) };
  return send(`/p/${postId}/comments`, { cookie: person.cookie, form });
}

type Form = Record<string, string | number | undefined> & { submissionKey?: string };

/** The id of the comment that an answer leads to. */
export async function added(answer: ReturnType<typeof send>): Promise<number> {
  const { status, headers } = await answer;
  if (status !== 302) throw new Error(`the comment was not taken: ${status}`);
  return Number(/#comment-(\d+)$/.exec(headers.get("location") ?? "")?.[1]);
}

interface Written {
  postId: number;
  authorId: string;
  parentId?: number | null;
  body?: string;
  createdAt?: Date;
  reactionCount?: number;
}

/** Comments straight into the test's database; returns their ids in the same order. */
export async function createComments(comments: Written[]): Promise<number[]> {
  const rows = await db.comment.createManyAndReturn({
    data: comments.map((comment) => ({ body: "x", ...comment, bodyHtml: `<p>${comment.body ?? "x"}</p>` })),
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
