import { createHash, randomUUID } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import pg from "pg";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { added, say } from "#app/comments/test-comments.ts";
import type { contributions } from "#app/deletions/deletion.ts";
import { askForDeletion } from "#app/deletions/deletions.server.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { send } from "#app/server/test-request.ts";
import { picture } from "#app/uploads/test-pictures.ts";
import { addImage } from "#app/uploads/uploads.server.ts";
import { counters } from "../../scripts/doctor/counters.ts";
import { describe as describeResult, examine, isWell } from "../../scripts/doctor/examine.ts";
import { fileChecks } from "../../scripts/doctor/files.ts";
import { peopleChecks } from "../../scripts/doctor/people.ts";
import { referenceChecks } from "../../scripts/doctor/references.ts";
import { registerChecks } from "../../scripts/doctor/registers.ts";

/** Stands in every text that is the person's own … */
export const mark = "qzmark";
/** … and this one in what they published, which they may leave behind. */
export const leftMark = "qzleft";

/** Somebody who has used everything there is, and somebody with whom they did. */
export async function livedHere(): Promise<{ person: Person; other: Person; postId: number; answeredId: number }> {
  const person = await createPerson({
    username: `${mark}-name`,
    name: `${mark} Kessler`,
    email: `${mark}@example.org`,
  });
  const other = await createPerson({ username: "omar" });
  const userId = person.id;
  const later = new Date(Date.now() + 86_400_000);
  const token = () => createHash("sha256").update(randomUUID()).digest("hex");
  const id = await viewerId(person);
  const { address } = await addImage(id, await picture(40, 30).png().toBuffer());
  const { address: avatarAddress } = await addImage(id, await picture(40, 30).png().toBuffer());
  const avatar = "0123456789abcdef0123456789abcde0";
  await db.upload.create({ data: { key: avatar, ownerId: userId, kind: "avatar", width: 1, height: 1, bytes: 1 } });
  await db.user.update({ where: { id: userId }, data: { bio: mark, website: `https://${mark}.example`, avatar } });

  const fields = { title: `${leftMark}title`, body: `${leftMark} ![${leftMark}](${address})`, tags: `${leftMark}tag` };
  const postId = await publish(person, fields);
  await send(`/p/${postId}/edit`, {
    cookie: person.cookie,
    form: { ...fields, body: `${leftMark} again ![x](${address})`, status: "published", url: "", version: "1" },
  });
  const alone = await publish(person, { ...fields, title: `${leftMark}alone` });
  const gone = await publish(person, { title: `${mark}deleted`, body: mark, tags: `${mark}tag` });
  await send(`/p/${gone}/delete`, { cookie: person.cookie, form: {} });
  await send("/new", {
    cookie: person.cookie,
    form: { title: mark, body: `${mark} ${avatarAddress}`, tags: "", url: "", status: "draft" },
  });
  await db.unsavedEdit.create({ data: { postId, title: mark, body: mark, tags: mark, url: "", baseVersion: 2 } });
  const theirs = await publish(other, { title: "Of somebody else", body: "Text", tags: "tea" });
  const answered = await added(say(person, theirs, `${leftMark} comment`));
  await say(person, theirs, `${leftMark} leaf`);
  await say(other, theirs, `@${person.username} an answer`, { parentId: answered });
  const answer = await added(say(other, postId, "What I think"));
  await say(person, postId, `${leftMark} thanks`, { parentId: answer });
  await db.commentVersion.create({
    data: { commentId: answered, version: 0, body: `${leftMark} before`, writtenAt: new Date() },
  });

  for (const [one, another, at, comment] of [
    [person, other, theirs, answer],
    [other, person, postId, answered],
  ] as const) {
    await send(`/p/${at}/reaction`, { cookie: one.cookie, form: { on: "true" } });
    await send(`/p/${at}/bookmark`, { cookie: one.cookie, form: { on: "true" } });
    await send(`/comments/${comment}/reaction`, { cookie: one.cookie, form: { on: "true" } });
    await send(`/u/${another.username}/follow`, { cookie: one.cookie, form: { on: "true" } });
  }
  await db.bookmark.create({ data: { userId, postId: alone } });
  await db.mute.create({ data: { muterId: userId, mutedId: (await createPerson({ username: "loud" })).id } });
  await db.tagFollow.create({ data: { userId, tag: "tea" } });
  await db.notificationSetting.create({ data: { userId, kind: "reply", onSite: true, mail: "daily" } });

  await db.impersonation.create({
    data: {
      userId,
      adminId: other.id,
      userRole: "member",
      sessionId: randomUUID(),
      reason: mark,
      endsAt: new Date(Date.now() + 60_000),
    },
  });
  const times = { expiresAt: later };
  await db.passkey.create({ data: { userId, credentialId: mark, publicKey: Buffer.from(mark), name: mark } });
  await db.twoFactor.create({ data: { userId, sealed: mark } });
  await db.backupCode.create({ data: { userId, codeHash: mark } });
  await db.trustedDevice.create({ data: { userId, tokenHash: token(), userAgent: mark, ipAddress: mark, ...times } });
  await db.session.updateMany({ where: { userId }, data: { userAgent: mark, ipAddress: mark } });
  await db.account.create({ data: { userId, accountId: mark, providerId: "github", accessToken: mark } });
  await db.emailAddress.create({ data: { userId, email: `${mark}2@example.org`, verifiedAt: new Date() } });
  const undo = { oldEmail: `${mark}3@example.org`, newEmail: `${mark}@example.org`, undoUntil: later };
  await db.emailChange.create({ data: { userId, ...undo, undoTokenHash: token() } });
  await db.passwordReset.create({ data: { userId, tokenHash: token(), ...times } });
  await db.ceremony.create({
    data: { userId, tokenHash: token(), kind: "kept-form", state: { path: mark }, ...times },
  });
  await db.emailProof.create({ data: { email: person.email, tokenHash: token(), state: mark, ...times } });
  await db.verification.create({ data: { identifier: person.email, value: mark, ...times } });
  await db.factorRecovery.create({
    data: { userId, vetoTokenHash: token(), readyAt: later, ...times },
  });
  await bringSomebody(userId, other.id, person.email);
  const held = { usernameKey: `${mark}-former`, skeleton: `${mark}-former`, heldUntil: later };
  await db.heldUsername.create({ data: { userId, ...held } });
  await db.rateLimit.create({ data: { key: `sign-in-by-pair:192.0.2.1 ${person.email}`, expire: later.getTime() } });
  await db.siteSetting.create({ data: { name: "test", value: 1, updatedBy: userId } });
  await db.auditEvent.create({
    data: { kind: "signed-in", userId, ipAddress: mark, userAgent: mark, details: { personal: { from: mark } } },
  });
  const decision = await db.moderationAction.create({
    data: {
      kind: "unban",
      moderatorUsername: "iris",
      subjectUserId: userId,
      subjectUsername: person.username,
      reason: `It was about ${person.name}`,
    },
  });
  // Reported by them, and of theirs: with a case that is closed in words about them.
  await send(`/p/${theirs}/report`, { cookie: person.cookie, form: { reason: "spam", note: `${mark} noted` } });
  for (const path of [`/p/${postId}`, `/comments/${answered}`, `/u/${person.username}`]) {
    await send(`${path}/report`, { cookie: other.cookie, form: { reason: "spam", note: "What I think" } });
  }
  const about = await db.moderationCase.findFirstOrThrow({ where: { userId } });
  const words = { reason: `${mark} was right`, wordsToReporters: mark, wordsToSubject: mark };
  const { id: resolutionId } = await db.resolution.create({ data: { caseId: about.id, kind: "noted", ...words } });
  await db.moderationCase.update({ where: { id: about.id }, data: { resolutionId } });
  const undone = { undoneAt: new Date(), undoneReason: `${mark} was reported by more people` };
  await db.resolution.create({ data: { caseId: about.id, kind: "dismissed", ...words, ...undone } });
  await db.modNote.create({ data: { userId, caseId: about.id, body: mark } });
  await db.reporterRecord.create({ data: { userId, upheld: 1 } });
  await db.appeal.create({ data: { actionId: decision.id, userId, body: `${mark} did nothing` } });
  const proposed = { kind: "warn", input: { reason: mark }, proposerId: other.id, expiresAt: later };
  await db.actProposal.create({ data: { ...proposed, subjectUserId: userId } });
  return { person, other, postId, answeredId: answered };
}

async function viewerId(person: Person) {
  const session = await db.session.findFirstOrThrow({ where: { userId: person.id }, select: { id: true } });
  return { id: person.id, sessionId: session.id };
}

/** Every table that has a row with one of these words somewhere, bytes included, with how many; and every such file. */
export async function findTraces(words: string[]): Promise<Record<string, number>> {
  const pattern = words.flatMap((word) => [word, Buffer.from(word).toString("hex")]).join("|");
  const found: Record<string, number> = {};
  const client = new pg.Client({ connectionString: settings().databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    for (const { name } of rows) {
      const { rowCount } = await client.query(`select from ${name} t where to_jsonb(t)::text ~* $1`, [pattern]);
      if (rowCount) found[name] = rowCount;
    }
  } finally {
    await client.end();
  }
  const folder = settings().dataDir;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (new RegExp(pattern, "i").test(file)) found[file] = 1;
    else if (entry.isFile() && new RegExp(pattern, "i").test(await readFile(file, "latin1"))) found[file] = 1;
  }
  return found;
}

const facts = { ipAddress: "203.0.113.9", userAgent: "Firefox" };
/** When the days of grace are over. */
export const afterGrace = () => new Date(Date.now() + 15 * 86_400_000);

/** Somebody asks to be deleted, in their session. */
export async function leaves(id: string, choice: (typeof contributions)[number]) {
  const session = await db.session.findFirstOrThrow({ where: { userId: id }, select: { id: true } });
  const refusal = await askForDeletion({ id, sessionId: session.id }, choice, facts);
  if (refusal) throw new Error(refusal);
}

/** What `npm run doctor` says is wrong. */
export async function doctorFinds(): Promise<string[]> {
  const checks = [...peopleChecks, ...referenceChecks, ...counters.map(({ check }) => check), ...fileChecks];
  const patient = { settings: settings(), settingsProblems: [], keptHashes: [] };
  const results = await examine(settings().databaseUrl, [...checks, ...registerChecks], patient);
  return results.filter((result) => !isWell(result)).map(describeResult);
}

/** They have invited somebody, were brought by them, agreed to a text, and had once asked to join. */
async function bringSomebody(userId: string, otherId: string, email: string): Promise<void> {
  const codeHash = () => createHash("sha256").update(randomUUID()).digest("hex");
  const place = { usesLeft: 1, expiresAt: new Date(Date.now() + 86_400_000) };
  const made = await db.invite.create({ data: { ...place, codeHash: codeHash(), inviterId: userId, note: mark } });
  await db.arrival.create({ data: { userId: otherId, inviteId: made.id, inviterId: userId } });
  const given = await db.invite.create({ data: { ...place, codeHash: codeHash(), email, revokedBy: userId } });
  await db.arrival.create({ data: { userId, inviteId: given.id } });
  await db.joinRequest.create({ data: { email, name: mark, answer: mark } });
  const decided = { decidedBy: userId, decidedAt: new Date(), approved: true };
  await db.joinRequest.create({ data: { email: "other@example.org", name: "Other", ...decided } });
  const text = { kind: "terms", version: 1 };
  const words = { body: "Be fair.", bodyHtml: "<p>Be fair.</p>", asksAgain: false };
  await db.legalText.create({ data: { ...text, ...words, publishedBy: userId } });
  await db.consent.create({ data: { userId, ...text } });
  await db.reservedName.create({ data: { skeleton: "beanz", word: "beanz", reason: "Ours", createdBy: userId } });
  await db.blockedDomain.create({ data: { domain: "blocked.example", reason: "Spam", createdBy: userId } });
  await db.blockedNetwork.create({ data: { network: "203.0.113.0/24", reason: "Spam", createdBy: userId } });
}
