import { mostAddresses, type OwnAddress, undoDays } from "#app/auth/account/account.ts";
import type { Browser, RequestFacts } from "#app/auth/browser.server.ts";
import { consumeAddress, proveAddress, requestCode } from "#app/auth/email-proofs.server.ts";
import { emailChangedMail } from "#app/auth/mails.server.ts";
import { giveNotice } from "#app/auth/notices.server.ts";
import { endOtherWaysIn } from "#app/auth/password/new-password.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { AuditKind } from "#app/register/audit-event.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, type Transaction, violatedConstraint } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { queueMail } from "#app/server/mail.server.ts";

/** The viewer's addresses, the primary one first. */
export async function listAddresses(viewer: Viewer): Promise<OwnAddress[]> {
  const { email: primary, emailAddresses } = await db.user.findUniqueOrThrow({
    where: { id: viewer.id },
    select: {
      email: true,
      emailAddresses: { select: { id: true, email: true, verifiedAt: true }, orderBy: { createdAt: "asc" } },
    },
  });
  return emailAddresses
    .map(({ id, email, verifiedAt }) => ({ id, email, primary: email === primary, verified: verifiedAt !== null }))
    .sort((one, other) => Number(other.primary) - Number(one.primary));
}

/** Mails a code to an address that the viewer wants to add. @returns the browser's token for it */
export function requestAddress(email: string, formerToken: string | null, browser: Browser): Promise<string> {
  return requestCode(email, formerToken, browser.device);
}

/**
 * Adds the address that a code proves. That somebody else has it is told here only, to whoever reads its mail.
 * @returns why not, as a sentence for the field; null when it is done
 */
export async function addAddress(
  viewer: Viewer,
  { token, code }: { token: string | null; code: string },
  browser: Browser,
): Promise<string | null> {
  const proved = await proveAddress(token, code, browser.device);
  if ("is" in proved) {
    return proved.is === "over" ? "This code does not work any more. Begin again." : "That is not the code.";
  }
  const { email } = proved;
  const verifiedAt = new Date();
  try {
    return await inTransaction(async (tx) => {
      await assertStillMay(tx, viewer);
      if (!(await consumeAddress(tx, proved))) return "This code does not work any more. Begin again.";
      const { count } = await tx.emailAddress.updateMany({ where: { userId: viewer.id, email }, data: { verifiedAt } });
      if (count > 0) return null;
      if ((await tx.emailAddress.count({ where: { userId: viewer.id } })) >= mostAddresses) {
        return `You have ${mostAddresses} addresses already. Take one away first.`;
      }
      await tx.emailAddress.create({ data: { userId: viewer.id, email, verifiedAt }, select: { id: true } });
      await record(tx, viewer, "address-added", browser.facts);
      await giveNotice(tx, viewer.id, "address-added", browser.facts);
      return null;
    });
  } catch (error) {
    if (!violatedConstraint(error)?.includes("email")) throw error;
    return "Another account on this site has this address. Sign in there to give it up.";
  }
}

/**
 * Makes one of the viewer's proved addresses the primary one. Every address is told, and the former primary one can
 * take it back for a week. @returns false where it is none of theirs, is not proved, or is it already
 */
export async function makePrimary(viewer: Viewer, addressId: string, facts: RequestFacts): Promise<boolean> {
  const undoToken = newToken();
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const address = await tx.emailAddress.findFirst({
      where: { id: addressId, userId: viewer.id, verifiedAt: { not: null } },
      select: { email: true },
    });
    const { email: oldEmail, name } = await tx.user.findUniqueOrThrow({
      where: { id: viewer.id },
      select: { email: true, name: true },
    });
    if (!address || address.email === oldEmail) return false;
    const newEmail = address.email;
    await tx.user.update({
      where: { id: viewer.id },
      data: { email: newEmail, emailVerified: true },
      select: { id: true },
    });
    await tx.emailChange.create({
      data: {
        userId: viewer.id,
        oldEmail,
        newEmail,
        undoTokenHash: hashOf(undoToken),
        undoUntil: new Date(Date.now() + undoDays * 86_400_000),
      },
      select: { id: true },
    });
    await record(tx, viewer, "email-changed", facts);
    await giveNotice(tx, viewer.id, "email-changed", facts, [newEmail]);
    const { siteName, siteUrl } = settings();
    const link = `${siteUrl}/undo-email-change?token=${undoToken}`;
    await queueMail(tx, { to: oldEmail, ...emailChangedMail({ name, link, days: undoDays, siteName, siteUrl }) });
    return true;
  });
}

/** Takes one of the viewer's other addresses away. @returns false where it is none of theirs, or the primary one */
export async function removeAddress(viewer: Viewer, addressId: string, facts: RequestFacts): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    const { email: primary } = await tx.user.findUniqueOrThrow({ where: { id: viewer.id }, select: { email: true } });
    const { count } = await tx.emailAddress.deleteMany({
      where: { id: addressId, userId: viewer.id, email: { not: primary } },
    });
    if (count === 0) return false;
    await record(tx, viewer, "address-removed", facts);
    await giveNotice(tx, viewer.id, "address-removed", facts);
    return true;
  });
}

/** Whose change of address a link still takes back; null for any other link. */
export async function findEmailChange(token: string): Promise<{ username: string; oldEmail: string } | null> {
  const found = await findOpenChange(db, token);
  return found && { username: found.user.username, oldEmail: found.oldEmail };
}

/**
 * Takes a change of the primary address back: for the reader of the old one this was somebody else, so that the new
 * address goes and every session ends. @returns false for a link that is over, or an address that is gone meanwhile
 */
export async function undoEmailChange(token: string, facts: RequestFacts): Promise<boolean> {
  try {
    return await inTransaction(async (tx) => {
      const found = await findOpenChange(tx, token);
      if (!found) return false;
      const { id, userId, oldEmail, newEmail } = found;
      await tx.$queryRaw`select 1 from users where id = ${userId}::uuid for no key update`;
      const { count } = await tx.emailChange.updateMany({
        where: { id, undoneAt: null },
        data: { undoneAt: new Date() },
      });
      if (count === 0) return false;
      await tx.user.update({
        where: { id: userId },
        data: { email: oldEmail, emailVerified: true },
        select: { id: true },
      });
      await tx.emailAddress.deleteMany({ where: { userId, email: newEmail } });
      await endOtherWaysIn(tx, userId, null);
      await recordEvent(tx, "email-change-undone", { userId, ...facts });
      await giveNotice(tx, userId, "email-change-undone", facts, [oldEmail]);
      return true;
    });
  } catch (error) {
    if (violatedConstraint(error)?.includes("email")) return false;
    throw error;
  }
}

function findOpenChange(tx: Pick<Transaction, "emailChange">, token: string) {
  return tx.emailChange.findFirst({
    where: { undoTokenHash: hashOf(token), undoneAt: null, undoUntil: { gt: new Date() } },
    select: { id: true, userId: true, oldEmail: true, newEmail: true, user: { select: { username: true } } },
  });
}

async function record(tx: Transaction, viewer: Viewer, kind: AuditKind, facts: RequestFacts): Promise<void> {
  await recordEvent(tx, kind, { actorId: viewer.id, userId: viewer.id, ...facts });
}
