import { z } from "zod";
import { select } from "#app/server/database.server.ts";
import type { HeldThing } from "#app/trust/held-thing.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";
import { avatarUrl } from "#app/users/user.ts";

/** What waits for a look on one page. */
export const heldPageSize = 25;

/** The ids of posts and comments are numbers of their own: "p12" and "c12". */
export const heldIdPattern = /^[pc]\d{1,9}$/;

/** One page of what waits for a look, what waits longest first: one statement. */
export async function listHeld(after: Cursor | null): Promise<{ things: HeldThing[]; next: string | null }> {
  const kind = after ? [after.at, after.id.slice(0, 1), Number(after.id.slice(1))] : [];
  const rows = await select(
    `held${after ? "-after" : ""}`,
    heldSql(after !== null),
    [heldPageSize + 1, ...kind],
    heldRow,
  );
  const things = rows.slice(0, heldPageSize);
  const last = things.at(-1);
  return {
    things: things.map(({ authorId, username, name, avatar, heldAt, ...thing }) => ({
      ...thing,
      heldAt: heldAt.toISOString(),
      author: { username, name, avatar: avatarUrl({ id: authorId, avatar }) },
    })),
    next: rows.length > heldPageSize && last ? formatCursor({ at: last.heldAt, id: last.kind + last.id }) : null,
  };
}

/** Each part is cut by its own index of what is held, then both are joined. */
function heldSql(paged: boolean): string {
  const before = (kind: string, thing: string) =>
    paged ? `and (${thing}.held_at, '${kind}', ${thing}.id) > ($2::timestamptz, $3::text, $4::int)` : "";
  return `
    select h.*, u.id as "authorId", u.username, u.name, u.avatar
      from (
        (select 'p' as kind, p.id, p.held_at as "heldAt", p.author_id, p.title, p.excerpt as words, p.id as "postId"
           from posts p
          where p.held_at is not null and p.status = 'published' and p.deleted_at is null ${before("p", "p")}
          order by p.held_at, p.id limit $1)
        union all
        (select 'c', c.id, c.held_at, c.author_id, p.title, left(c.body, 280), p.id
           from comments c join posts p on p.id = c.post_id
          where c.held_at is not null and c.deleted_at is null ${before("c", "c")}
          order by c.held_at, c.id limit $1)
      ) h join users u on u.id = h.author_id
     order by h."heldAt", h.kind, h.id limit $1`;
}

const heldRow = z.object({
  kind: z.enum(["p", "c"]),
  id: z.number(),
  heldAt: z.date(),
  title: z.string(),
  words: z.string(),
  postId: z.number(),
  authorId: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
});
