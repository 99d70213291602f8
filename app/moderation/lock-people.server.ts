import { data } from "react-router";
import { z } from "zod";
import { assertFactorOfStaff } from "#app/auth/staff-factor/due.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { Subject } from "#app/moderation/policy.ts";
import { usernameKeyOf } from "#app/moderation/subjects.server.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { type Role, roles } from "#app/users/user.ts";

/** The two people of an act as they are now, and as they stay until the transaction ends. */
export interface LockedPeople {
  moderator: { id: string; username: string; role: Role };
  /** `banId` also names a ban whose time is over, until the clock lifts it */
  user: Subject & { banId: string | null };
}

/**
 * Locks the rows of who acts and of whom it concerns, always in the same order, and reads them anew: whoever
 * lost their role, was banned or signed out a moment ago does not act.
 * @throws a 404 response where one of the two is missing; what `assertStillMay` and `assertFactorOfStaff` throw
 */
export async function lockPeople(tx: Transaction, viewer: Viewer, username: string): Promise<LockedPeople> {
  const key = usernameKeyOf(username);
  const rows = peopleRows.parse(
    await tx.$queryRaw`
    select id::text, username, role::text, banned, ban_id::text as "banId"
      from users where id = ${viewer.id}::uuid or username_key = ${key}
     order by id for no key update`,
  );
  await assertStillMay(tx, viewer);
  await assertFactorOfStaff(tx, viewer);
  const moderator = rows.find(({ id }) => id === viewer.id);
  const user = rows.find((row) => row.username.toLowerCase() === key);
  if (!moderator || !user) throw data(null, { status: 404, statusText: "Not Found" });
  return { moderator, user: { ...user, banned: user.banned && !(await isOver(tx, user.banId)) } };
}

const peopleRows = z.array(
  z.object({
    id: z.string(),
    username: z.string(),
    role: z.enum(roles),
    banned: z.boolean(),
    banId: z.string().nullable(),
  }),
);

async function isOver(tx: Transaction, banId: string | null): Promise<boolean> {
  if (!banId) return false;
  const ban = await tx.ban.findUnique({ where: { id: banId }, select: { expiresAt: true } });
  return Boolean(ban?.expiresAt && ban.expiresAt <= new Date());
}
