import { data } from "react-router";
import { z } from "zod";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { type MutedPerson, type MuteKind, muteKinds } from "#app/mutes/mute.ts";
import { inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";
import { avatarUrl, type UserSummary } from "#app/users/user.ts";

/** Whom a mute or a block concerns. @throws a 404 response where nobody else has that username */
export async function findOther(viewer: Viewer, username: string): Promise<UserSummary & { kind: MuteKind | null }> {
  const [row] = await select("mute-other", otherSql, [viewer.id, keyOf(username)], otherRow);
  if (!row) throw nobody();
  const { id, avatar, ...other } = row;
  return { ...other, avatar: avatarUrl({ id, avatar }) };
}

const otherSql = `
  select u.id, u.username, u.name, u.avatar, m.kind
    from users u left join mutes m on m.muter_id = $1::uuid and m.muted_id = u.id
   where u.username_key = $2 and u.id <> $1::uuid`;

const otherRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  kind: z.enum(muteKinds).nullable(),
});

/** Sets whether the viewer mutes somebody; whom they blocked stays blocked. Setting it twice is setting it once. */
export async function setMute(viewer: Viewer, username: string, on: boolean): Promise<void> {
  const key = keyOf(username);
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    if (!on) {
      return tx.$executeRaw`
        delete from mutes using users u
         where muter_id = ${viewer.id}::uuid and muted_id = u.id and u.username_key = ${key} and kind = 'mute'`;
    }
    return tx.$executeRaw`
      insert into mutes (muter_id, muted_id, kind)
      select ${viewer.id}::uuid, id, 'mute' from users where username_key = ${key} and id <> ${viewer.id}::uuid
      on conflict do nothing`;
  });
}

/**
 * Sets whether the viewer blocks somebody. With the block go both their follows. Both people's rows are held until it
 * is done, so that whatever the other one is writing comes wholly before it, and is gone with it, or sees the block.
 */
export async function setBlock(viewer: Viewer, username: string, on: boolean): Promise<void> {
  const key = keyOf(username);
  await inTransaction(async (tx) => {
    const otherId = await lockBoth(tx, viewer, key);
    await assertStillMay(tx, viewer);
    if (!on) {
      await tx.$executeRaw`
        delete from mutes where muter_id = ${viewer.id}::uuid and muted_id = ${otherId}::uuid and kind = 'block'`;
      return;
    }
    await tx.$executeRaw`
      insert into mutes (muter_id, muted_id, kind) values (${viewer.id}::uuid, ${otherId}::uuid, 'block')
      on conflict (muter_id, muted_id) do update set kind = 'block', created_at = now() where mutes.kind <> 'block'`;
    await tx.$executeRaw`
      delete from follows
       where (follower_id, followee_id) in ((${viewer.id}::uuid, ${otherId}::uuid), (${otherId}::uuid, ${viewer.id}::uuid))`;
  });
}

/** The rows in the order of every other act on two people, so that two who block each other do not wait in a circle. */
async function lockBoth(tx: Transaction, viewer: Viewer, key: string): Promise<string> {
  const rows = lockedRows.parse(
    await tx.$queryRaw`
      select id::text from users where id = ${viewer.id}::uuid or username_key = ${key} order by id for no key update`,
  );
  const other = rows.find(({ id }) => id !== viewer.id);
  if (!other) throw nobody();
  return other.id;
}

const lockedRows = z.array(z.object({ id: z.string() }));

/** People on one page of /settings/muted. */
export const mutedPageSize = 50;

/** One page of the people whom the viewer muted or blocked, the latest first. */
export async function listMuted(
  viewer: Viewer,
  after: Cursor | null,
): Promise<{ people: MutedPerson[]; next: string | null }> {
  const name = after ? "muted-after" : "muted";
  const values = [viewer.id, mutedPageSize + 1, ...(after ? [after.at, after.id] : [])];
  const rows = await select(name, mutedSql(after !== null), values, mutedRow);
  const last = rows[mutedPageSize - 1];
  return {
    people: rows.slice(0, mutedPageSize).map(({ id, avatar, since, ...person }) => ({
      ...person,
      avatar: avatarUrl({ id, avatar }),
      since: since.toISOString(),
    })),
    next: rows.length > mutedPageSize && last ? formatCursor({ at: last.since, id: last.id }) : null,
  };
}

/** In the order of the index: of one moment by the id, upwards. */
function mutedSql(paged: boolean): string {
  return `
    select u.id, u.username, u.name, u.avatar, m.kind, m.created_at as since
      from mutes m join users u on u.id = m.muted_id
     where m.muter_id = $1::uuid
       ${paged ? "and m.created_at <= $3::timestamptz and (m.created_at < $3::timestamptz or m.muted_id > $4::uuid)" : ""}
     order by m.created_at desc, m.muted_id
     limit $2`;
}

const mutedRow = otherRow.extend({ kind: z.enum(muteKinds), since: z.date() });

function keyOf(username: string): string {
  if (!/^[\w-]{1,40}$/.test(username)) throw nobody();
  return username.toLowerCase();
}

function nobody() {
  return data(null, { status: 404, statusText: "Not Found" });
}
