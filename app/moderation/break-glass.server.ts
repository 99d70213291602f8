import { z } from "zod";
import { promotionMail } from "#app/auth/mails.server.ts";
import { lay } from "#app/moderation/effects.server.ts";
import { operatorActor, recordAction, tellOutcomeOf } from "#app/moderation/moderation-log.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { inTransaction, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { queueMail } from "#app/server/mail.server.ts";
import { type Role, roles } from "#app/users/user.ts";

export type Promotion = { is: "promoted"; from: Role } | { is: "admin-already" | "unknown" | "banned" | "leaving" };

/**
 * Makes somebody an admin on the word of whoever can run commands on the server: the way back in where no admin is
 * left who can come in. It is in both registers, and every admin is told.
 */
export function promoteByOperator(username: string): Promise<Promotion> {
  return inTransaction(async (tx) => {
    const [user] = heldUser.parse(
      await tx.$queryRaw`
        select id::text, username, role::text, banned,
               exists (select from account_deletions where user_id = id) as leaving
          from users where username_key = ${username.toLowerCase()} for no key update`,
    );
    if (!user) return { is: "unknown" };
    if (user.role === "admin") return { is: "admin-already" };
    if (user.banned) return { is: "banned" };
    if (user.leaving) return { is: "leaving" };
    await tx.trustedDevice.deleteMany({ where: { userId: user.id } });
    const details = { from: user.role, to: "admin" } as const;
    const action = { kind: "role", subject: user } as const;
    const actionId = await recordAction(tx, {
      ...action,
      details,
      moderator: operatorActor,
      reason: "By a command on the server.",
    });
    await lay(tx, actionId, { aspect: "user.role", subjects: [user.id], after: "admin" });
    await recordEvent(tx, "role-changed", { userId: user.id, details: { ...details, by: "operator" } });
    await tellAdmins(tx, user.username);
    await tellOutcomeOf(tx, actionId, action);
    return { is: "promoted", from: user.role };
  });
}

const heldUser = z.array(
  z.object({
    id: z.string(),
    username: z.string(),
    role: z.enum(roles),
    banned: z.boolean(),
    leaving: z.boolean(),
  }),
);

/** Also the one who has just become one. */
async function tellAdmins(tx: Transaction, promoted: string): Promise<void> {
  const { siteName, siteUrl } = settings();
  const admins = await tx.user.findMany({
    where: { role: "admin", banned: false },
    select: { name: true, username: true, email: true },
    orderBy: { id: "asc" },
  });
  for (const { email, ...admin } of admins) {
    await queueMail(tx, { to: email, ...promotionMail({ ...admin, promoted, siteName, siteUrl }) });
  }
}
