import { z } from "zod";
import type { Browser } from "#app/auth/browser.server.ts";
import { createUser } from "#app/auth/create-user.server.ts";
import { type Entry, enter } from "#app/auth/door.server.ts";
import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import { db, inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";

const linkLifeHours = 24;

/** A one-time link to become the first admin, which ends every earlier one; null where the site has an admin. */
export async function createSetupLink(): Promise<string | null> {
  if (await hasAdmin(db)) return null;
  const token = newToken();
  await inTransaction(async (tx) => {
    await tx.setupToken.deleteMany();
    await tx.setupToken.create({
      data: { tokenHash: hashOf(token), expiresAt: new Date(Date.now() + linkLifeHours * 3_600_000) },
    });
  });
  return `${settings().siteUrl}/setup?token=${token}`;
}

/** Whether that token still makes the first admin. */
export async function isSetupOpen(token: string): Promise<boolean> {
  const [found] = await select("setup-open", setupOpenSql, [hashOf(token)], z.object({ open: z.boolean() }));
  return found?.open ?? false;
}

const setupOpenSql = `
  select exists (select 1 from setup_tokens where token_hash = $1 and used_at is null and expires_at > now())
         and not exists (select 1 from users where role = 'admin') as open`;

export interface FirstAdmin {
  token: string;
  email: string;
  username: string;
  name: string;
  passwordHash: string;
  browser: Browser;
}

/**
 * Makes the first admin and uses the token up, all of it or nothing; of two at once one wins.
 * @returns their entry, or null where the token is no longer good
 * @throws the unique violation of a taken username or address (see `takenField`)
 */
export async function makeFirstAdmin({ token, browser, passwordHash, ...admin }: FirstAdmin): Promise<Entry | null> {
  return inTransaction(async (tx) => {
    // One at a time, whatever link they hold: the next one sees the admin whom this one made.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('first admin'))`;
    const used = await tx.$executeRaw`
      update setup_tokens set used_at = now()
       where token_hash = ${hashOf(token)} and used_at is null and expires_at > now()`;
    if (used === 0 || (await hasAdmin(tx))) return null;
    // Nothing was mailed to the address, so that nothing is proved of it yet.
    const userId = await createUser(tx, { ...admin, emailVerified: false, role: "admin" }, { passwordHash });
    return enter(tx, userId, "setup", browser);
  });
}

async function hasAdmin(tx: Transaction): Promise<boolean> {
  return (await tx.user.findFirst({ where: { role: "admin" }, select: { id: true } })) !== null;
}
