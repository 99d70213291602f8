import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { previewMarkdown, renderMarkdown } from "#app/markdown/markdown.server.ts";
import type { Rendered } from "#app/markdown/rendering.server.ts";
import type { Place } from "#app/markdown/shape.server.ts";
import { type NamedPeople, namesIn, nobodyNamed } from "#app/mentions/mention.ts";
import { notBlocked } from "#app/mutes/conditions.server.ts";
import type { Happening } from "#app/notifications/tell.server.ts";
import { select, type Transaction } from "#app/server/database.server.ts";
import { notGone } from "#app/users/user.ts";

/** The text that names people: a post or a comment. */
export type NamingText = { postId: number; commentId?: undefined } | { commentId: number; postId?: undefined };

/** That a text names somebody, and by which name, in lower case. */
export interface Mention {
  userId: string;
  writtenAs: string;
}

export type RenderedNaming = Omit<Rendered, "mentioned"> & { mentions: Mention[] };

/**
 * Renders a text that is to be kept, with the people whom it names linked. It never throws for what is in the text.
 * @param text where the text is kept already: names in it mean whom they meant before, whoever is called so now
 */
export async function renderNaming(
  source: string,
  place: Place,
  author: Pick<Viewer, "id">,
  text?: NamingText,
): Promise<RenderedNaming> {
  const people = await peopleNamedIn(source, author.id, text);
  return toNaming(await renderMarkdown(source, place, author.id, people), people);
}

/** Renders a text as renderNaming would, or says why not now: see previewMarkdown. */
export async function previewNaming(source: string, place: Place, author: Pick<Viewer, "id">, text?: NamingText) {
  return previewMarkdown(source, author.id, place, await peopleNamedIn(source, author.id, text));
}

/**
 * Whom the names in a text mean: those whom this text named so before, else those who are called so now. Nobody who
 * blocked its author. One statement; none for a text without a name.
 */
export async function peopleNamedIn(source: string, authorId: string, text?: NamingText): Promise<NamedPeople> {
  const names = namesIn(source);
  if (names.length === 0) return nobodyNamed;
  const values = [authorId, names, text?.postId ?? null, text?.commentId ?? null];
  const rows = await select("people-named", namedSql, values, namedRow);
  return new Map(rows.map(({ name, ...person }) => [name, person]));
}

const namedSql = `
  select named.name, u.id, u.username
    from (select distinct on (name) name, user_id
            from (select m.written_as as name, m.user_id, 1 as turn
                    from mentions m
                   where m.written_as = any($2::text[])
                     and (m.post_id = (select id from posts where id = $3::int and author_id = $1::uuid)
                       or m.comment_id = (select id from comments where id = $4::int and author_id = $1::uuid))
                   union all
                  select username_key, id, 2 from users where username_key = any($2::text[])) each_name
           order by name, turn) named
    join users u on u.id = named.user_id
   where ${notBlocked("u.id", "$1")} and ${notGone("u.username")}`;

const namedRow = z.object({ name: z.string(), id: z.string(), username: z.string() });

function toNaming({ mentioned, ...rendered }: Rendered, people: NamedPeople): RenderedNaming {
  const mentions = mentioned.flatMap((writtenAs) => {
    const person = people.get(writtenAs);
    return person ? [{ userId: person.id, writtenAs }] : [];
  });
  return { ...rendered, mentions };
}

/**
 * Keeps whom a text names, in the transaction that keeps the text, and says what they are to be told: those who are
 * new in it, or everyone at its first publishing; nobody a second time, and nobody who is told of it as a reply.
 * The answer belongs into that transaction's one call of `tell`; for a draft it belongs nowhere.
 * @param told what is told of the same text besides
 */
export async function keepMentions(
  tx: Transaction,
  text: NamingText,
  authorId: string,
  mentions: Mention[],
  { whom, told = [] }: { whom: "new" | "everyone"; told?: Happening[] },
): Promise<Happening[]> {
  const rows = namedNowRows.parse(
    await tx.$queryRawUnsafe(
      keepSql,
      authorId,
      mentions.map(({ userId }) => userId),
      mentions.map(({ writtenAs }) => writtenAs),
      text.postId ?? null,
      text.commentId ?? null,
      whom === "everyone",
    ),
  );
  return rows
    .filter(({ userId }) => !told.some((happening) => happening.userId === userId))
    .map(({ userId }) => ({ kind: "mention", userId, actorId: authorId, ...text }));
}

const ofTheText = "m.post_id is not distinct from $4::int and m.comment_id is not distinct from $5::int";

const keepSql = `
  with named as (
    select distinct user_id, written_as from unnest($2::uuid[], $3::text[]) as n (user_id, written_as)
     where ${notBlocked("user_id", "$1")}
  ), gone as (
    delete from mentions m where ${ofTheText} and (m.user_id, m.written_as) not in (select user_id, written_as from named)
  ), added as (
    insert into mentions (id, user_id, post_id, comment_id, written_as)
    select gen_random_uuid(), user_id, $4::int, $5::int, written_as from named order by user_id, written_as
    on conflict do nothing
  )
  select distinct user_id::text as "userId" from named n
   where ($6::boolean or not exists (select from mentions m where ${ofTheText} and m.user_id = n.user_id))
     and not exists (select from notifications m where ${ofTheText} and m.user_id = n.user_id and m.kind = 'mention')`;

const namedNowRows = z.array(z.object({ userId: z.string() }));
