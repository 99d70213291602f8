import { data } from "react-router";
import { assertFactorOfStaff } from "#app/auth/staff-factor/due.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { Transaction } from "#app/server/database.server.ts";

/**
 * The first statements of what moderators and admins write: whoever lost the role a moment ago decides nothing.
 * @throws what `assertStillMay` and `assertFactorOfStaff` throw, and a 404 response, as `requireModerator` does
 */
export async function assertStillStaff(tx: Transaction, viewer: Pick<Viewer, "id" | "sessionId">): Promise<void> {
  await assertStillMay(tx, viewer);
  const staff = await tx.user.findFirst({
    where: { id: viewer.id, role: { in: ["moderator", "admin"] } },
    select: { id: true },
  });
  if (!staff) throw data(null, { status: 404, statusText: "Not Found" });
  await assertFactorOfStaff(tx, viewer);
}
