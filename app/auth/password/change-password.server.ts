import type { Browser } from "#app/auth/browser.server.ts";
import { newPasswordProblem, setPassword } from "#app/auth/password/new-password.server.ts";
import { hashPassword, verifyPassword } from "#app/auth/password/passwords.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { db, inTransaction } from "#app/server/database.server.ts";

/** The field that is wrong, and why. */
export type PasswordRefusal = { field: "currentPassword" | "password"; message: string };

/** Whether the viewer signs in by a password at all. */
export async function hasPassword(viewer: Viewer): Promise<boolean> {
  return (await findAccount(viewer)) !== null;
}

/**
 * Changes the viewer's password, or gives them their first one, and ends their other sessions.
 * @param currentPassword asked of whoever has one
 * @returns null when it is done
 */
export async function changePassword(
  viewer: Viewer,
  { currentPassword, password }: { currentPassword?: string | undefined; password: string },
  browser: Browser,
): Promise<PasswordRefusal | null> {
  await spend("fresh-proof-by-user", viewer.id);
  const account = await findAccount(viewer);
  if (account && !(await verifyPassword(account.password, currentPassword ?? ""))) {
    return { field: "currentPassword", message: "That is not your password now." };
  }
  if (account && currentPassword === password) return { field: "password", message: "That is the one you have." };
  const problem = await newPasswordProblem(viewer.id, password);
  if (problem) return { field: "password", message: problem };
  const hash = await hashPassword(password);
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    await setPassword(tx, { userId: viewer.id, hash, keptSessionId: viewer.sessionId }, browser.facts);
  });
  return null;
}

function findAccount(viewer: Viewer) {
  return db.account.findFirst({
    where: { userId: viewer.id, providerId: "credential", password: { not: null } },
    select: { password: true },
  });
}
