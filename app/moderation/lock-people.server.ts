import { data } from "react-router";
import { z } from "zod";
import { assertFactorOfStaff } from "#app/auth/staff-factor/due.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { Subject } from "#app/moderation/policy.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { type Role, roles } from "#app/users/user.ts";

/** The people of an act as they are now, and as they stay until the transaction ends. */
export interface LockedPeople {
  /** who asks for it now */
  viewer: LockedActor;
  /** who acts: the viewer, or whoever proposed what the viewer approves */
  moderator: LockedActor;
  /** `banId` also names a ban whose time is over, until the clock lifts it */
  user: LockedSubject;
}
export interface LockedActor {
  id: string;
  username: string;
  role: Role;
}
export type LockedSubject = Subject & {
  banId: string | null;
  silenced: boolean;
  name: string;
  bio: string;
  website: string | null;
  avatar: string | null;
};

/**
 * Locks the rows of who acts and of whom it concerns, always in the same order, and reads them anew: whoever
 * lost their role, was banned or signed out a moment ago does not act.
 * @throws a 404 response where one of them is missing; what `assertStillMay` and `assertFactorOfStaff` throw
 */
export async function lockPeople(
  tx: Transaction,
  viewer: Viewer,
  userId: string,
  proposerId: string = viewer.id,
): Promise<LockedPeople> {
  const rows = peopleRows.parse(
    await tx.$queryRaw`
    select u.id::text, u.username, u.role::text, u.ban_id::text as "banId", u.name, u.bio, u.website, u.avatar,
           coalesce(u.silenced_until > now(), false) as silenced,
           u.banned and not exists (select from bans b where b.id = u.ban_id and b.expires_at <= now()) as banned
      from users u where u.id in (${viewer.id}::uuid, ${userId}::uuid, ${proposerId}::uuid)
     order by u.id for no key update of u`,
  );
  await assertStillMay(tx, viewer);
  await assertFactorOfStaff(tx, viewer);
  const find = (id: string) => rows.find((row) => row.id === id);
  const [asks, moderator, user] = [find(viewer.id), find(proposerId), find(userId)];
  if (!asks || !moderator || moderator.banned || !user) throw data(null, { status: 404, statusText: "Not Found" });
  return { viewer: asks, moderator, user };
}

const peopleRows = z.array(
  z.object({
    id: z.string(),
    username: z.string(),
    role: z.enum(roles),
    banned: z.boolean(),
    banId: z.string().nullable(),
    silenced: z.boolean(),
    name: z.string(),
    bio: z.string(),
    website: z.string().nullable(),
    avatar: z.string().nullable(),
  }),
);
