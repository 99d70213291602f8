import { deviceOf } from "#app/auth/device.ts";
import { networkOf } from "#app/auth/network.server.ts";
import { jsonPart, type Part } from "#app/exports/part.ts";
import { auditWords } from "#app/register/audit-event.ts";
import { db } from "#app/server/database.server.ts";

/** Who they are here, how they come in, and what happened to their account. Secrets and their hashes are left out. */
export async function* listAccountParts(userId: string): AsyncGenerator<Part> {
  yield jsonPart("account.json", {
    ...(await findProfile(userId)),
    waysIn: await findWaysIn(userId),
    devices: await listDevices(userId),
    notificationSettings: await db.notificationSetting.findMany({ where: { userId }, omit: { userId: true } }),
    agreedTo: await db.consent.findMany({ where: { userId }, omit: { userId: true }, orderBy: { givenAt: "asc" } }),
    invites: await listInvites(userId),
    exports: await db.dataExport.findMany({ where: { userId }, select: { createdAt: true, finishedAt: true } }),
  });
  yield jsonPart("security-log.json", await listLog(userId));
  yield jsonPart("moderation.json", await listModeration(userId));
}

async function findProfile(id: string) {
  const { counts, heldUsernames, emailAddresses, ...profile } = await db.user.findUniqueOrThrow({
    where: { id },
    select: {
      id: true,
      username: true,
      name: true,
      bio: true,
      website: true,
      avatar: true,
      role: true,
      email: true,
      postCount: true,
      createdAt: true,
      updatedAt: true,
      emailAddresses: { select: { email: true, verifiedAt: true, createdAt: true } },
      heldUsernames: { select: { usernameKey: true, createdAt: true, heldUntil: true } },
      counts: { select: { commentCount: true, followerCount: true, followingCount: true } },
    },
  });
  return { profile: { ...profile, ...counts }, addresses: emailAddresses, formerUsernames: heldUsernames };
}

async function findWaysIn(userId: string) {
  const accounts = await db.account.findMany({
    where: { userId },
    select: { providerId: true, accountId: true, createdAt: true },
  });
  return {
    password: accounts.some(({ providerId }) => providerId === "credential"),
    providers: accounts.filter(({ providerId }) => providerId !== "credential"),
    passkeys: await db.passkey.findMany({
      where: { userId },
      select: { name: true, createdAt: true, lastUsedAt: true, backedUp: true },
    }),
    secondFactorSince: (await db.twoFactor.findUnique({ where: { userId } }))?.confirmedAt ?? null,
    backupCodesLeft: await db.backupCode.count({ where: { userId, usedAt: null } }),
  };
}

/** What they gave away, whom they brought, and that they were brought; by whom is another person's. */
async function listInvites(userId: string) {
  const made = await db.invite.findMany({
    where: { inviterId: userId },
    orderBy: { createdAt: "asc" },
    select: {
      note: true,
      usesLeft: true,
      createdAt: true,
      expiresAt: true,
      revokedAt: true,
      arrivals: { select: { createdAt: true, user: { select: { username: true } } } },
    },
  });
  const arrival = await db.arrival.findUnique({ where: { userId }, select: { createdAt: true } });
  return { made, cameByInviteAt: arrival?.createdAt ?? null };
}

async function listDevices(userId: string) {
  const sessions = await db.session.findMany({
    where: { userId },
    select: { userAgent: true, ipAddress: true, createdAt: true, updatedAt: true, expiresAt: true },
  });
  const trusted = await db.trustedDevice.findMany({
    where: { userId },
    select: { userAgent: true, ipAddress: true, createdAt: true, lastUsedAt: true, expiresAt: true },
  });
  return { sessions: sessions.map(shortened), trusted: trusted.map(shortened) };
}

/** As the pages show it: which browser, from which network. */
function shortened<Row extends { userAgent: string | null; ipAddress: string | null }>({
  userAgent,
  ipAddress,
  ...row
}: Row) {
  return { device: deviceOf(userAgent), network: networkOf(ipAddress), ...row };
}

/** Where somebody else acted, the address and the browser are theirs. */
async function listLog(userId: string) {
  const rows = await db.auditEvent.findMany({ where: { userId }, orderBy: { createdAt: "asc" } });
  return rows.map(({ kind, actorId, ipAddress, userAgent, createdAt }) => {
    const byOthers = actorId !== null && actorId !== userId;
    const from = byOthers ? {} : shortened({ userAgent, ipAddress });
    return { at: createdAt, kind, what: auditWords(kind), byOthers, ...from };
  });
}

/**
 * What was done to them, and why; by whom is not said here as it is not said to them anywhere. That a case was opened
 * again is about a report, and in the copy of whoever made it.
 */
async function listModeration(userId: string) {
  const decisions = await db.moderationAction.findMany({
    where: { subjectUserId: userId, kind: { not: "reopen" } },
    orderBy: { createdAt: "asc" },
    select: { id: true, kind: true, subjectPostId: true, reason: true, expiresAt: true, createdAt: true },
  });
  const appeals = await db.appeal.findMany({ where: { userId }, omit: { id: true, userId: true, deciderId: true } });
  return decisions.map(({ id, ...decision }) => {
    const { actionId: _, ...appeal } = appeals.find(({ actionId }) => actionId === id) ?? {};
    return { ...decision, appeal: Object.keys(appeal).length > 0 ? appeal : null };
  });
}
