import { createPerson, type Person } from "#app/auth/test-people.ts";
import { type Happening, tell } from "#app/notifications/tell.server.ts";
import { db, inTransaction } from "#app/server/database.server.ts";

/** Tells somebody of something, as the rooms do where it happens. */
export function happens(...happenings: Happening[]): Promise<void> {
  return inTransaction((tx) => tell(tx, happenings));
}

/** A public post of somebody's. */
export async function createPost(author: Person, title = "On benches", warning: string | null = null): Promise<number> {
  const published = { status: "published" as const, publishedAt: new Date() };
  const { id } = await db.post.create({
    data: { authorId: author.id, title, warning, body: "", bodyHtml: "", excerpt: "", tags: [], ...published },
  });
  return id;
}

/** A comment, without telling anybody. */
export async function createComment(author: Person, postId: number, body = "Well said", parentId?: number) {
  const data = { authorId: author.id, postId, parentId, body, bodyHtml: `<p>${body}</p>` };
  return (await db.comment.create({ data, select: { id: true } })).id;
}

const letters = "abcdefghjkmnpqrtuvwxyz";

/** People with names of their own: reader-aa, reader-ab … */
export function createPeople(count: number, prefix: string): Promise<Person[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => {
      const tail = `${letters[Math.floor(index / letters.length)]}${letters[index % letters.length]}`;
      return createPerson({ username: `${prefix}-${tail}`, name: `${prefix} ${index + 1}` });
    }),
  );
}
