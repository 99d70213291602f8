import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import { aRole, type RoleForm } from "#app/moderation/moderation.ts";
import { recordAction } from "#app/moderation/moderation-log.server.ts";
import { type Refusal, rolesBelow, rolesToGive, type Subject, whyNot } from "#app/moderation/policy.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { inTransaction, Prisma } from "#app/server/database.server.ts";
import type { Role } from "#app/users/user.ts";

/**
 * Gives a user another role; it counts from their next request. An admin may step down while another one stays.
 * @returns what forbids it, and then nothing was changed; null when it is done
 * @throws a 404 response where nobody has that username
 */
export function changeRole(
  viewer: Viewer,
  username: string,
  { role, reason }: RoleForm,
  facts: RequestFacts,
): Promise<Refusal | null> {
  const change = inTransaction(async (tx) => {
    const { moderator, user } = await lockPeople(tx, viewer, username);
    const refusal = whyNot("role", moderator, user);
    if (refusal) return refusal;
    if (!rolesToGive(moderator, user).includes(role)) return notThatRole(user, role);
    const stepsDown = user.id === moderator.id;
    const { count } = await tx.user.updateMany({
      where: { id: user.id, role: stepsDown ? moderator.role : { in: rolesBelow(moderator.role) } },
      data: { role },
    });
    if (count !== 1) throw new Error("The user changed in spite of the lock");
    const details = { from: user.role, to: role };
    await recordAction(tx, { kind: "role", details, moderator, subject: user, reason });
    await recordEvent(tx, "role-changed", { actorId: moderator.id, userId: user.id, ...facts, details });
    return null;
  });
  return change.catch((error: unknown) => {
    if (isAboutLastAdmin(error)) return lastAdmin;
    throw error;
  });
}

const lastAdmin: Refusal = {
  because: "state",
  text: "There is no other admin, and one has to stay. Make somebody else an admin first.",
};

function notThatRole({ username, role: current }: Subject, role: Role): Refusal {
  const text =
    role === current
      ? `@${username} is already ${aRole(role)}.`
      : `@${username} is banned. Lift the ban before you give them a higher role.`;
  return { because: "state", text };
}

/** Whether the trigger users_keep_an_admin refused; the driver keeps its message, not its name. */
export function isAboutLastAdmin(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const meta = refusedByTrigger.safeParse(error.meta);
  return meta.success && meta.data.driverAdapterError.cause.message === "the last admin stays";
}

const refusedByTrigger = z.object({ driverAdapterError: z.object({ cause: z.object({ message: z.string() }) }) });
