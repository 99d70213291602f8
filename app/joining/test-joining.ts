import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import type { JoiningMode } from "#app/joining/joining.ts";
import { db } from "#app/server/database.server.ts";

/** Decides who may join, as an admin's form does. */
export async function setMode(mode: JoiningMode, more: { question?: string; invitesPerMember?: number } = {}) {
  const value = { mode, ...more };
  await db.siteSetting.upsert({ where: { name: "joining" }, create: { name: "joining", value }, update: { value } });
}

/** An invite straight into the database. @returns its code */
export async function inviteBy(
  inviterId: string | null,
  { uses = 1, email, days = 1 }: { uses?: number; email?: string; days?: number } = {},
): Promise<string> {
  const code = newToken();
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  await db.invite.create({ data: { codeHash: hashOf(code), inviterId, usesLeft: uses, email, expiresAt } });
  return code;
}
