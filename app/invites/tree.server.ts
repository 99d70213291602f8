import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { assertStillAdmin } from "#app/auth/still-admin.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { largestBranch } from "#app/invites/branch-form.ts";
import type { Branch, SiteInvite } from "#app/invites/invite.ts";
import { inviteBrought, inviteColumns, inviteEnd } from "#app/invites/invites.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";

export const invitePageSize = 50;

/** Every invite that somebody made or the site gave, newest first. Its maker's note is theirs. */
export async function listInvites(after: Cursor | null): Promise<{ invites: SiteInvite[]; next: string | null }> {
  const rows = await select("site-invites", invitesSql, [after?.at ?? null, after?.id ?? null], siteInviteRow);
  const invites = rows.slice(0, invitePageSize);
  const last = invites.at(-1);
  const next =
    rows.length > invitePageSize && last ? formatCursor({ at: new Date(last.createdAt), id: last.id }) : null;
  return { invites, next };
}

const invitesSql = `
  select i.id, i.uses_left as "usesLeft", i.created_at as "createdAt", i.expires_at as "expiresAt",
         ${inviteEnd} as "end", ${inviteBrought} as brought, u.username as inviter
    from invites i left join users u on u.id = i.inviter_id
   where $1::timestamptz is null or (i.created_at, i.id) < ($1, $2::uuid)
   order by i.created_at desc, i.id desc limit ${invitePageSize + 1}`;

const siteInviteRow = z.object({ ...inviteColumns, inviter: z.string().nullable() });

/**
 * Everybody below a person: whom they brought, whom these brought, and so on; each above those whom they brought. One
 * more than `largestBranch` where there are more.
 */
export function listBranch(userId: string): Promise<Branch[]> {
  return select("invite-branch", branchSql, [userId], branchRow);
}

/** By when they came; of two at one moment each still stands above whom it brought. */
const placeInTree = "to_char(a.created_at, 'YYYYMMDDHH24MISSUS') || a.user_id::text";

const branchSql = `
  with recursive below as (
    select a.user_id, a.created_at, 1 as depth, array[${placeInTree}] as path
      from arrivals a where a.inviter_id = $1
    union all
    select a.user_id, a.created_at, b.depth + 1, b.path || ${placeInTree}
      from below b join arrivals a on a.inviter_id = b.user_id
     where b.depth < 100
  ), nearest as (select * from below order by depth, created_at limit ${largestBranch + 1})
  select u.id, u.username, u.name, n.depth, n.created_at as "joinedAt",
         u.banned and exists (select from bans x where x.id = u.ban_id
                                                   and (x.expires_at is null or x.expires_at > now())) as banned,
         (select count(*)::int from invites i
           where i.inviter_id = u.id and i.revoked_at is null and i.uses_left > 0 and i.expires_at > now()) as "openInvites"
    from nearest n join users u on u.id = n.user_id
   where u.username not like '~%'
   order by n.path, n.user_id`;

const branchRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  depth: z.number(),
  joinedAt: z.date().transform((at) => at.toISOString()),
  banned: z.boolean(),
  openInvites: z.number(),
});

/** Who brought somebody, and how many they brought; for the page of one user. */
export async function findTies(userId: string): Promise<InviteTies> {
  const [ties] = await select("invite-ties", tiesSql, [userId], tiesRow);
  return ties ?? { broughtBy: null, arrivedAt: null, brought: 0, openInvites: 0 };
}

const tiesSql = `
  select u.username as "broughtBy", a.created_at as "arrivedAt",
         (select count(*)::int from arrivals where inviter_id = p.id) as brought,
         (select count(*)::int from invites i
           where i.inviter_id = p.id and i.revoked_at is null and i.uses_left > 0 and i.expires_at > now()) as "openInvites"
    from (select $1::uuid as id) p left join arrivals a on a.user_id = p.id left join users u on u.id = a.inviter_id`;

const tiesRow = z.object({
  broughtBy: z.string().nullable(),
  arrivedAt: z
    .date()
    .transform((at) => at.toISOString())
    .nullable(),
  brought: z.number(),
  openInvites: z.number(),
});

export type InviteTies = z.infer<typeof tiesRow>;

export async function findRoot(
  username: string,
): Promise<{ id: string; username: string; openInvites: number } | null> {
  const user = await db.user.findUnique({
    where: { usernameKey: username.toLowerCase() },
    select: { id: true, username: true },
  });
  return user && { ...user, openInvites: (await findTies(user.id)).openInvites };
}

/**
 * Ends the open invites of a person and of exactly those people who were shown with it; whoever has joined by them
 * stays. @returns how many invites were ended
 */
export async function revokeBranch(
  viewer: Viewer,
  { rootId, userIds, reason }: { rootId: string; userIds: string[]; reason: string },
  facts: RequestFacts,
): Promise<number> {
  return inTransaction(async (tx) => {
    await assertStillAdmin(tx, viewer);
    const ended = await tx.$executeRaw`
      update invites set revoked_at = now(), revoked_by = ${viewer.id}::uuid
       where inviter_id = any(${[rootId, ...userIds]}::uuid[])
         and revoked_at is null and uses_left > 0 and expires_at > now()`;
    await recordEvent(tx, "invites-revoked", {
      userId: rootId,
      actorId: viewer.id,
      ...facts,
      details: { people: userIds.length + 1, invites: ended, reason },
    });
    return ended;
  });
}
