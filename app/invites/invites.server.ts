import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import { hashOf, isToken, newToken } from "#app/auth/tokens.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { Invite, NewInvite } from "#app/invites/invite.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";

/** An invite that somebody has just joined by. */
export interface TakenInvite {
  id: string;
  inviterId: string | null;
}

/** What makes an invite open; `i` is its row. Those of somebody who is banned, or is leaving, rest. */
const isOpen = `
  i.uses_left > 0 and i.revoked_at is null and i.expires_at > now()
  and not exists (select from users u left join bans b on b.id = u.ban_id
                   where u.id = i.inviter_id and u.banned and (b.expires_at is null or b.expires_at > now()))
  and not exists (select from account_deletions d where d.user_id = i.inviter_id)`;

/**
 * Takes one place of an invite: of the one with that code, or of one that the site has given to that address. Of those
 * who take the last place at once the second waits here, and gets it only where the first one's joining failed.
 */
export async function takeInvite(tx: Transaction, code: string | null, email: string): Promise<TakenInvite | null> {
  const [used] = usedRow.parse(await tx.$queryRawUnsafe(useSql, isToken(code) ? hashOf(code) : null, email));
  return used ?? null;
}

const useSql = `
  update invites i set uses_left = uses_left - 1
   where i.id = (select i.id from invites i
                  where (i.code_hash = $1 and coalesce(i.email, $2) = $2 or i.email = $2) and ${isOpen}
                  order by i.code_hash is distinct from $1, i.created_at limit 1 for update)
     and ${isOpen}
  returning i.id, i.inviter_id as "inviterId"`;

const usedRow = z.array(z.object({ id: z.string(), inviterId: z.string().nullable() }));

/** Whether somebody with that code or that address could join by an invite now, and whose it is. */
export async function findOpenInvite(
  code: string | null,
  email: string | null,
): Promise<z.infer<typeof openRow> | null> {
  const [invite] = await select("open-invite", openSql, [isToken(code) ? hashOf(code) : null, email], openRow);
  return invite ?? null;
}

const openSql = `
  select u.username as inviter from invites i left join users u on u.id = i.inviter_id
   where (i.code_hash = $1 and ($2::text is null or coalesce(i.email, $2) = $2) or i.email = $2) and ${isOpen} limit 1`;

const openRow = z.object({ inviter: z.string().nullable() });

/** How many places a member may still give away; null for an admin, who is not counted. */
export async function placesLeft(viewer: Viewer, tx: Transaction | typeof db = db): Promise<number | null> {
  if (viewer.role === "admin") return null;
  const { invitesPerMember } = await findSiteSetting("joining", tx);
  const [row] = z.array(z.object({ given: z.number() })).parse(
    await tx.$queryRawUnsafe(
      `select (coalesce((select sum(i.uses_left) from invites i
                           where i.inviter_id = $1::uuid and i.revoked_at is null and i.expires_at > now()), 0)
               + (select count(*) from arrivals a
                   where a.inviter_id = $1::uuid and a.created_at > now() - interval '30 days'))::int as given`,
      viewer.id,
    ),
  );
  return Math.max(0, invitesPerMember - (row?.given ?? 0));
}

export type InviteMade = { is: "made"; code: string } | { is: "too-many"; left: number } | { is: "silenced" };

/** Makes an invite. Its code is in the answer, and nowhere else. */
export async function makeInvite(
  viewer: Viewer,
  { note, uses, days }: NewInvite,
  facts: RequestFacts,
): Promise<InviteMade> {
  const code = newToken();
  return inTransaction<InviteMade>(async (tx) => {
    // Holds the person's row: two at once are counted one after the other.
    const { silencedUntil } = await assertStillMay(tx, viewer);
    if (silencedUntil) return { is: "silenced" };
    const left = await placesLeft(viewer, tx);
    if (left !== null && uses > left) return { is: "too-many", left };
    const { id } = await tx.invite.create({
      data: {
        codeHash: hashOf(code),
        inviterId: viewer.id,
        note,
        usesLeft: uses,
        expiresAt: new Date(Date.now() + days * 86_400_000),
      },
      select: { id: true },
    });
    await recordEvent(tx, "invite-made", {
      userId: viewer.id,
      actorId: viewer.id,
      ...facts,
      details: { inviteId: id, uses, days },
    });
    return { is: "made", code };
  });
}

/** An invite that the site gives to one address, as part of the decision to let them in. @returns its code */
export async function giveInvite(tx: Transaction, email: string, days: number): Promise<string> {
  const code = newToken();
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  await tx.invite.create({ data: { codeHash: hashOf(code), email, usesLeft: 1, expiresAt }, select: { id: true } });
  return code;
}

/** Takes an invite back: whoever has joined by it stays. @returns whether it was open, and the viewer's or the viewer an admin's */
export async function revokeInvite(viewer: Viewer, inviteId: string, facts: RequestFacts): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const [revoked] = await tx.$queryRaw<{ inviterId: string | null }[]>`
      update invites set revoked_at = now(), revoked_by = ${viewer.id}::uuid
       where id = ${inviteId}::uuid and revoked_at is null
         and (inviter_id = ${viewer.id}::uuid
              or exists (select from users where id = ${viewer.id}::uuid and role = 'admin'))
      returning inviter_id as "inviterId"`;
    if (!revoked) return false;
    await recordEvent(tx, "invite-revoked", {
      userId: revoked.inviterId ?? viewer.id,
      actorId: viewer.id,
      ...facts,
      details: { inviteId },
    });
    return true;
  });
}

/** The viewer's own invites, newest first, at most a hundred. */
export async function listOwnInvites(viewer: Viewer): Promise<Invite[]> {
  return select("own-invites", ownSql, [viewer.id], inviteRow);
}

/** Why an invite is over, of its row `i`. */
export const inviteEnd = `
  case when i.revoked_at is not null then 'revoked' when i.uses_left = 0 then 'used-up'
       when i.expires_at <= now() then 'expired' end`;

/** Whom an invite brought, the first ten. */
export const inviteBrought = `
  array(select u.username from arrivals a join users u on u.id = a.user_id
         where a.invite_id = i.id and u.username not like '~%' order by a.created_at limit 10)`;

const ownSql = `
  select i.id, i.note, i.uses_left as "usesLeft", i.created_at as "createdAt", i.expires_at as "expiresAt",
         ${inviteEnd} as "end", ${inviteBrought} as brought
    from invites i where i.inviter_id = $1 order by i.created_at desc limit 100`;

const iso = z.date().transform((at) => at.toISOString());

export const inviteColumns = {
  id: z.string(),
  usesLeft: z.number(),
  createdAt: iso,
  expiresAt: iso,
  end: z.enum(["revoked", "expired", "used-up"]).nullable(),
  brought: z.array(z.string()),
};

const inviteRow = z.object({ ...inviteColumns, note: z.string() });
