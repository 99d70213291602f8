import { z } from "zod";
import { renderMarkdown } from "#app/markdown/markdown.server.ts";
import { peopleNamedIn } from "#app/mentions/mentions.server.ts";
import { db, select } from "#app/server/database.server.ts";

/** Texts that are read at once. */
const batchSize = 50;

/**
 * Renders anew every text that names a person, so that its links and names follow a new username. What was typed
 * stays, no text counts as edited, and nobody is told. Done twice it has one effect.
 */
export async function rerenderMentions(userId: string): Promise<void> {
  for (const kind of ["post", "comment"] as const) {
    for (let after = 0; ; ) {
      const name = `naming-${kind}s`;
      const ids = await select(name, idsSql(kind), [userId, after, batchSize], z.object({ id: z.number() }));
      for (const { id } of ids) await rerender(kind, id);
      after = ids.at(-1)?.id ?? 0;
      if (ids.length < batchSize) break;
    }
  }
}

function idsSql(kind: "post" | "comment"): string {
  return `select distinct ${kind}_id as id from mentions where user_id = $1::uuid and ${kind}_id > $2 order by 1 limit $3`;
}

/** An edit that comes in between may have looked the name up before: then the text is taken up anew. */
async function rerender(kind: "post" | "comment", id: number): Promise<void> {
  const columns = { select: { body: true, authorId: true, version: true }, where: { id } } as const;
  for (let done = false; !done; ) {
    const text = kind === "post" ? await db.post.findUnique(columns) : await db.comment.findUnique(columns);
    if (!text) return;
    const naming = kind === "post" ? { postId: id } : { commentId: id };
    const people = await peopleNamedIn(text.body, text.authorId, naming);
    const { html, excerpt } = await renderMarkdown(text.body, kind, null, people);
    const changed =
      kind === "post"
        ? await db.$executeRaw`
            update posts set body_html = ${html}, excerpt = ${excerpt} where id = ${id}::int and version = ${text.version}::int`
        : await db.$executeRaw`
            update comments set body_html = ${html} where id = ${id}::int and version = ${text.version}::int`;
    done = changed > 0;
  }
}
