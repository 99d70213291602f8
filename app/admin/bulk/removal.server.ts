import { data } from "react-router";
import { z } from "zod";
import { mostRemoved, type RemovalPreview, type RemovalSearch } from "#app/admin/bulk/removal.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { layOnMany } from "#app/moderation/bulk.server.ts";
import { lay } from "#app/moderation/effects.server.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import { recordAction } from "#app/moderation/moderation-log.server.ts";
import { noRefusal, type Outcome } from "#app/moderation/outcome.server.ts";
import { tellOutcomeToMany } from "#app/notifications/tell.server.ts";
import { hasWords, parseQuery } from "#app/search/query.ts";
import { exactMatch } from "#app/search/text-match.server.ts";
import { inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { isAtLeast, type Role } from "#app/users/user.ts";

/** What one statement of a removal begins with: the posts that fit and are the viewer's to remove. */
function postsSql({ by, q }: RemovalSearch, viewer: { id: string; role: Role }) {
  const values: unknown[] = [];
  const param = (value: unknown) => `$${values.push(value)}`;
  const query = parseQuery(q);
  const words = hasWords(query) ? exactMatch(query, param) : null;
  // Nobody removes their own posts as a moderator, or those of an equal or higher role.
  const below = viewer.role === "admin" ? "u.role <> 'admin'" : "u.role = 'member'";
  const text = `
    select p.id, p.author_id, u.username
      from posts p join users u on u.id = p.author_id
     where p.status = 'published' and p.deleted_at is null and p.removed_at is null
       and ${below} and u.id <> ${param(viewer.id)}::uuid
       ${by ? `and u.username_key = ${param(by.toLowerCase())}` : ""}
       ${q ? `and p.id in (select s.post_id from post_search s where ${words ? `s.words @@ (${words})` : "false"})` : ""}
     order by p.id desc limit ${mostRemoved + 1}`;
  return { text, values };
}

/** What a removal would take away now; null where nothing is asked for. Two statements. */
export async function previewRemoval(
  viewer: { id: string; role: Role },
  search: RemovalSearch,
): Promise<RemovalPreview | null> {
  if (!search.by && !search.q) return null;
  const { text, values } = postsSql(search, viewer);
  const [row] = await select(
    "",
    `with chosen as materialized (${text})
     select count(*)::int as count, count(distinct author_id)::int as people,
            coalesce(md5(string_agg(id::text, ' ' order by id)), md5('')) as seen,
            (select coalesce(jsonb_agg(a order by count desc, username), '[]')
               from (select username, count(*)::int as count from chosen group by username
                      order by 2 desc, 1 limit 10) a) as authors,
            (select coalesce(jsonb_agg(n order by id desc), '[]')
               from (select c.id, p.title, c.username from (select * from chosen order by id desc limit 10) c
                       join posts p on p.id = c.id) n) as newest
       from chosen`,
    values,
    previewRow,
  );
  if (!row) throw new Error("A count without a row");
  return { ...row, tooMany: row.count > mostRemoved };
}

const previewRow = z.object({
  count: z.number(),
  people: z.number(),
  seen: z.string(),
  authors: z.array(z.object({ username: z.string(), count: z.number() })),
  newest: z.array(z.object({ id: z.number(), title: z.string(), username: z.string() })),
});

/**
 * Removes the posts that were shown, as one act: at once where they are few, by a job in steps where they are many.
 * Everybody whose posts they are is told once.
 * @returns what forbids it, and then nothing was removed; or the id of the action
 */
export function removePosts(
  viewer: Viewer,
  search: RemovalSearch,
  { seen, reason, rule }: { seen: string; reason: string; rule?: string | undefined },
): Promise<Outcome> {
  return inTransaction(async (tx) => {
    const { moderator } = await lockPeople(tx, viewer, viewer.id);
    if (!isAtLeast(moderator.role, "moderator")) throw data(null, { status: 404, statusText: "Not Found" });
    const { approvals } = await findSiteSetting("moderation", tx);
    if (approvals.includes("remove-post")) {
      return refused("Here each removal needs a second moderator. Remove the posts one by one.");
    }
    const posts = await findPosts(tx, search, moderator);
    if (posts.seen !== seen) return refused("Other posts fit by now. Look at them again, then remove them.");
    if (posts.ids.length === 0) return refused("No post fits.");
    if (posts.ids.length > mostRemoved) return refused(`More than ${mostRemoved} posts fit. Search for fewer.`);
    const [only, ...others] = posts.authors;
    const subject = only && others.length === 0 ? only : null;
    const actionId = await recordAction(tx, {
      kind: "remove-posts",
      moderator,
      subject,
      reason,
      details: { count: posts.ids.length, people: posts.authors.length, ...(rule && { rule }) },
    });
    // It can be undone before the job has done its first step.
    await lay(tx, actionId, { aspect: "bulk", subjects: [actionId], after: null });
    await layOnMany(tx, actionId, {
      aspect: "post.removed",
      subjects: posts.ids.map(String),
      after: new Date().toISOString(),
    });
    await tellOutcomeToMany(tx, { userIds: posts.authors.map(({ id }) => id), actionId });
    return { ...noRefusal, actionId };
  });
}

function refused(text: string): Outcome {
  return { ...noRefusal, refusal: { because: "state", text } };
}

async function findPosts(tx: Transaction, search: RemovalSearch, moderator: { id: string; role: Role }) {
  const { text, values } = postsSql(search, moderator);
  const [row] = foundRows.parse(
    await tx.$queryRawUnsafe(
      `with chosen as materialized (${text})
       select coalesce(array_agg(id order by id), '{}') as ids,
              coalesce(md5(string_agg(id::text, ' ' order by id)), md5('')) as seen,
              (select coalesce(jsonb_agg(a), '[]') from (select distinct author_id as id, username from chosen) a) as authors
         from chosen`,
      ...values,
    ),
  );
  if (!row || (!search.by && !search.q)) return { ids: [], seen: "", authors: [] };
  return row;
}

const foundRows = z.array(
  z.object({
    ids: z.array(z.number()),
    seen: z.string(),
    authors: z.array(z.object({ id: z.string(), username: z.string() })),
  }),
);
