import { data, redirect } from "react-router";
import { z } from "zod";
import { holdDays, renameEveryDays } from "#app/auth/account/account.ts";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { takenField } from "#app/auth/create-user.server.ts";
import { giveNotice } from "#app/auth/notices.server.ts";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import { isSiteName } from "#app/auth/usernames.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { isReservedHere } from "#app/exclusions/exclusions.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { enqueue } from "#app/server/jobs.server.ts";
import { reserved, skeletonOf } from "#app/users/username.ts";

const dayMs = 86_400_000;

/** When the viewer may next choose another username: ISO, or null for now. Upper and lower case may change at any time. */
export async function nextRenameAt(viewer: Viewer, tx: Pick<Transaction, "heldUsername"> = db): Promise<string | null> {
  const last = await tx.heldUsername.findFirst({
    where: { userId: viewer.id, byModerator: false },
    orderBy: { createdAt: "desc" },
    select: { createdAt: true },
  });
  const next = last && new Date(last.createdAt.getTime() + renameEveryDays * dayMs);
  return next && next > new Date() ? next.toISOString() : null;
}

/**
 * Gives the viewer another username. The old one leads to them and is nobody else's for `holdDays`.
 * @returns why not, as a sentence for the field; null when it is done
 */
export async function rename(viewer: Viewer, username: string, facts: RequestFacts): Promise<string | null> {
  if (isSiteName(username)) return reserved;
  try {
    return await inTransaction(async (tx) => {
      await assertStillMay(tx, viewer);
      const user = await tx.user.findUniqueOrThrow({
        where: { id: viewer.id },
        select: { username: true, usernameKey: true, usernameSkeleton: true },
      });
      if (user.username === username) return "That is the one you have.";
      const key = username.toLowerCase();
      if (key !== user.usernameKey) {
        if (await isReservedHere(tx, username)) return reserved;
        const next = await nextRenameAt(viewer, tx);
        if (next) return `You can choose another username from ${next.slice(0, 10)} on.`;
        await hold(tx, viewer.id, user);
        // Back to one that was given up: it is no longer held, it is worn.
        await tx.heldUsername.deleteMany({ where: { userId: viewer.id, usernameKey: key } });
      }
      await tx.user.update({
        where: { id: viewer.id },
        data: { username, usernameKey: key, usernameSkeleton: skeletonOf(username) },
        select: { id: true },
      });
      await recordEvent(tx, "username-changed", { actorId: viewer.id, userId: viewer.id, ...facts });
      await enqueue(tx, "rerender-mentions", { userId: viewer.id });
      await giveNotice(tx, viewer.id, "username-changed", facts);
      return null;
    });
  } catch (error) {
    const taken = takenField(error);
    if (taken?.field === "username") return taken.message;
    throw error;
  }
}

async function hold(
  tx: Transaction,
  userId: string,
  { usernameKey, usernameSkeleton: skeleton }: { usernameKey: string; usernameSkeleton: string },
): Promise<void> {
  const now = Date.now();
  const held = { userId, skeleton, createdAt: new Date(now), heldUntil: new Date(now + holdDays * dayMs) };
  await tx.heldUsername.upsert({
    where: { usernameKey },
    create: { usernameKey, ...held },
    update: held,
    select: { id: true },
  });
}

/**
 * Leads from a page of a username that nobody has to the same page of whoever gave it up.
 * @throws always: that redirect, 301, or a 404 response
 */
export async function leadOnOrNowhere(username: string, pathOf: (username: string) => string): Promise<never> {
  const renamed = await findFormerOwner(username);
  if (renamed) throw redirect(pathOf(renamed), 301);
  throw data(null, { status: 404, statusText: "Not Found" });
}

/** The username of whoever had this one before; null where nobody did. Somebody who has it now comes first. */
async function findFormerOwner(username: string): Promise<string | null> {
  const key = z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .safeParse(username.toLowerCase());
  const held =
    key.success &&
    (await db.heldUsername.findUnique({
      where: { usernameKey: key.data },
      select: { user: { select: { username: true } } },
    }));
  return held ? held.user.username : null;
}
