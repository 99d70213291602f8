import { randomBytes } from "node:crypto";
import { z } from "zod";
import { deleteStaleCards, isCardFile } from "#app/cards/cards.server.ts";
import { eraseContributions } from "#app/deletions/contributions.server.ts";
import { goneName } from "#app/deletions/deletion.ts";
import { rerenderMentions } from "#app/mentions/rerender.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { eraseFromRegisters } from "#app/register/erasure.server.ts";
import { eraseFromReports } from "#app/reports/erasure.server.ts";
import { db, type Transaction } from "#app/server/database.server.ts";
import { log } from "#app/server/log.server.ts";
import { deleteStoredFile, listStoredFiles } from "#app/server/storage.server.ts";
import { filesOf } from "#app/uploads/upload.ts";
import { goneAvatar } from "#app/users/user.ts";
import { skeletonOf } from "#app/users/username.ts";

/** Somebody who wrote for years has many rows, and they go together. */
const longestMs = 600_000;

/** Removes everybody whose time to change their mind is over. Safe to run twice, or at once; what fails is tried again. */
export async function removeDueAccounts(now = new Date()): Promise<number> {
  const due = await db.accountDeletion.findMany({
    where: { dueAt: { lte: now } },
    orderBy: { dueAt: "asc" },
    select: { userId: true },
  });
  let removed = 0;
  let failure: unknown;
  for (const { userId } of due) {
    try {
      if (await removeForGood(userId, now)) removed += 1;
    } catch (error) {
      log.error({ err: error }, "an account could not be deleted");
      failure = error;
    }
  }
  if (removed > 0) await deleteCardsOfWhoIsGone();
  if (failure) throw failure;
  return removed;
}

/**
 * Removes one person for good. Their files go first: as long as the rows stand, a removal that was interrupted is done
 * again from its start. The rows go in one transaction.
 */
async function removeForGood(userId: string, now: Date): Promise<boolean> {
  const deletion = await db.accountDeletion.findUnique({ where: { userId, dueAt: { lte: now } } });
  if (!deletion) return false;
  // What others wrote about them names them in plain words only.
  await rerenderMentions(userId);
  const wroteNothing = (await countContributions(db, userId)) === 0;
  const erase = !deletion.keepContributions || wroteNothing;
  for (const file of await listFiles(userId, erase)) await deleteStoredFile(file);
  return db.$transaction((tx) => removeRows(tx, userId, erase, now), { timeout: longestMs });
}

async function listFiles(userId: string, erase: boolean): Promise<string[]> {
  const uploads = await db.upload.findMany({
    where: { ownerId: userId, ...(!erase && { kind: "avatar" }) },
    select: { key: true, kind: true },
  });
  const exports = await db.dataExport.findMany({
    where: { userId, fileKey: { not: null } },
    select: { fileKey: true },
  });
  return [...uploads.flatMap(filesOf), ...exports.flatMap(({ fileKey }) => fileKey ?? [])];
}

async function removeRows(tx: Transaction, userId: string, erase: boolean, now: Date): Promise<boolean> {
  const held = await tx.$queryRaw<unknown[]>`
    select 1 from users u join account_deletions d on d.user_id = u.id
     where u.id = ${userId}::uuid and d.due_at <= ${now} for update`;
  if (held.length === 0) return false;
  await eraseFromRegisters(tx, userId);
  // What an act had put aside of their face does not come back.
  await tx.$executeRaw`
    update act_effects set before = null, after = null, superseded_at = coalesce(superseded_at, now())
     where subject = ${userId} and aspect in ('user.username', 'user.name', 'user.bio', 'user.website', 'user.avatar')`;
  await tx.$executeRaw`
    insert into released_usernames (skeleton_hash, held_until)
    select hash_of_skeleton(skeleton), max(held_until) from held_usernames where user_id = ${userId}::uuid group by 1
    on conflict (skeleton_hash) do update
       set held_until = greatest(released_usernames.held_until, excluded.held_until)`;
  await removeWhatIsUnderWay(tx, userId);
  await removeTies(tx, userId);
  await eraseFromReports(tx, userId, erase);
  await eraseContributions(tx, userId, erase ? "all" : "what they deleted");
  await removeTellings(tx, userId, erase);
  await removeAccount(tx, userId, erase);
  await recordEvent(tx, "account-deleted", { userId, details: { keptContributions: !erase } });
  return true;
}

/** What hangs on no foreign key. */
async function removeWhatIsUnderWay(tx: Transaction, userId: string): Promise<void> {
  await tx.ceremony.deleteMany({ where: { userId } });
  await tx.$executeRaw`
    with addresses as (select email from email_addresses where user_id = ${userId}::uuid
                       union select old_email from email_changes where user_id = ${userId}::uuid
                       union select new_email from email_changes where user_id = ${userId}::uuid),
         proofs as (delete from email_proofs where email in (select email from addresses)),
         values as (delete from verifications v using addresses a
                     where strpos(v.identifier, a.email) > 0 or strpos(v.value, a.email) > 0
                        or strpos(v.value, ${userId}) > 0),
         requests as (delete from join_requests where email in (select email from addresses)),
         invites as (update invites set email = null, uses_left = 0 where email in (select email from addresses)),
         names as (select email as name from addresses
                   union select ${userId}
                   union select face ->> 'usernameKey' from account_deletions where user_id = ${userId}::uuid
                   union select username_key from held_usernames where user_id = ${userId}::uuid)
    delete from rate_limits r using names n where right(r.key, length(n.name) + 1) in (':' || n.name, ' ' || n.name)`;
  await tx.$executeRaw`delete from pgboss.job where state <> 'active' and data ->> 'userId' = ${userId}`;
  await tx.siteSetting.updateMany({ where: { updatedBy: userId }, data: { updatedBy: null } });
  await tx.invite.updateMany({ where: { revokedBy: userId }, data: { revokedBy: null } });
  await tx.joinRequest.updateMany({ where: { decidedBy: userId }, data: { decidedBy: null } });
  await tx.reservedName.updateMany({ where: { createdBy: userId }, data: { createdBy: null } });
  await tx.blockedDomain.updateMany({ where: { createdBy: userId }, data: { createdBy: null } });
  await tx.blockedNetwork.updateMany({ where: { createdBy: userId }, data: { createdBy: null } });
  await tx.legalText.updateMany({ where: { publishedBy: userId }, data: { publishedBy: null } });
}

/** What they did to others' things, which counts there. In the order in which other writes hold those rows. */
async function removeTies(tx: Transaction, userId: string): Promise<void> {
  await tx.reaction.deleteMany({ where: { userId } });
  await tx.commentReaction.deleteMany({ where: { userId } });
  await tx.follow.deleteMany({ where: { OR: [{ followerId: userId }, { followeeId: userId }] } });
  await tx.tagFollow.deleteMany({ where: { userId } });
  await tx.bookmark.deleteMany({ where: { userId } });
  await tx.mute.deleteMany({ where: { OR: [{ muterId: userId }, { mutedId: userId }] } });
  await tx.mention.deleteMany({ where: { userId } });
}

/** What they were told, and what others were told of them but for answers that still stand. */
async function removeTellings(tx: Transaction, userId: string, erase: boolean): Promise<void> {
  await tx.consent.deleteMany({ where: { userId } });
  // Who brought whom stays; what they wrote of it, and what nobody has used, goes.
  await tx.invite.updateMany({ where: { inviterId: userId }, data: { note: "" } });
  await tx.invite.updateMany({ where: { inviterId: userId, revokedAt: null }, data: { revokedAt: new Date() } });
  await tx.notification.deleteMany({ where: { userId } });
  await tx.notificationSetting.deleteMany({ where: { userId } });
  const rows = ids.parse(
    await tx.$queryRaw`
      delete from notification_actors a using notifications n
       where n.id = a.notification_id and a.actor_id = ${userId}::uuid
         and (${erase} or n.kind not in ('reply', 'mention'))
      returning n.id`,
  );
  await tx.notification.deleteMany({
    where: { id: { in: rows.map(({ id }) => id) }, kind: { not: "moderation" }, actors: { none: {} } },
  });
}

const ids = z.array(z.object({ id: z.string() }));

/** The person's row goes with all that hangs on it, or stays as the nameless author of what is left. */
async function removeAccount(tx: Transaction, userId: string, erase: boolean): Promise<void> {
  await tx.upload.deleteMany({ where: { ownerId: userId, ...(!erase && { kind: "avatar" }) } });
  if ((await countContributions(tx, userId)) === 0) {
    await tx.user.delete({ where: { id: userId }, select: { id: true } });
    return;
  }
  const name = randomBytes(6).toString("hex");
  await tx.$executeRaw`
    update users
       set username = ${`~${name}`}, username_key = ${`~${name}`}, username_skeleton = ${skeletonOf(`~${name}`)},
           name = ${goneName}, email = ${`${name}@deleted.invalid`}, email_verified = false, avatar = ${goneAvatar}, bio = '',
           website = null, role = 'member', banned = false, ban_id = null
     where id = ${userId}::uuid`;
  const theirs = { where: { userId } };
  await tx.session.deleteMany(theirs);
  await tx.account.deleteMany(theirs);
  await tx.passkey.deleteMany(theirs);
  await tx.twoFactor.deleteMany(theirs);
  await tx.backupCode.deleteMany(theirs);
  await tx.trustedDevice.deleteMany(theirs);
  await tx.passwordReset.deleteMany(theirs);
  await tx.emailChange.deleteMany(theirs);
  await tx.factorRecovery.deleteMany(theirs);
  await tx.heldUsername.deleteMany(theirs);
  await tx.emailAddress.deleteMany(theirs);
  await tx.dataExport.deleteMany(theirs);
  await tx.ban.deleteMany(theirs);
  await tx.appeal.deleteMany(theirs);
  await tx.actProposal.deleteMany({ where: { OR: [{ proposerId: userId }, { subjectUserId: userId }] } });
  await tx.impersonation.deleteMany(theirs);
  await tx.savedFilter.deleteMany(theirs);
  await tx.accountDeletion.deleteMany(theirs);
}

async function countContributions(tx: Pick<Transaction, "post" | "comment">, authorId: string): Promise<number> {
  return (await tx.post.count({ where: { authorId } })) + (await tx.comment.count({ where: { authorId } }));
}

/** Cards show the name and the picture that somebody had. */
async function deleteCardsOfWhoIsGone(): Promise<void> {
  const cards: string[] = [];
  for await (const { key } of listStoredFiles()) {
    if (isCardFile(key)) cards.push(key);
    if (cards.length === 500) await deleteStaleCards(cards.splice(0));
  }
  await deleteStaleCards(cards);
}
