import { z } from "zod";
import { makeCode } from "#app/auth/code-strategy.server.ts";
import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import { select, type Transaction } from "#app/server/database.server.ts";

/** As long as the counts last that a link makes up for: whenever they are used up, there is one that still works. */
export const linkLifeMinutes = 60;

/**
 * A link that lets whoever reads the mail at an address in, once, in whichever browser: a proof of the address like a
 * code's, but too long to be guessed, so that nothing has to count tries at it.
 */
export async function makeMailedLink(tx: Transaction, email: string): Promise<{ token: string; goodUntil: Date }> {
  const token = newToken();
  const goodUntil = new Date(Date.now() + linkLifeMinutes * 60_000);
  // Every proof has a code; nobody gets to know this one's.
  const { state } = await makeCode(email);
  await tx.emailProof.create({
    data: { tokenHash: linkHashOf(token), email, state, expiresAt: goodUntil },
    select: { id: true },
  });
  return { token, goodUntil };
}

/** The proof that a link would be, while it lasts. */
export async function findMailedLink(token: string): Promise<{ id: string; email: string } | null> {
  const [found] = await select("mailed-link", linkSql, [linkHashOf(token)], linkRow);
  return found ?? null;
}

const linkSql = `
  select id, email from email_proofs where token_hash = $1 and proved_at is null and expires_at > now()`;

const linkRow = z.object({ id: z.string(), email: z.string() });

/** Never the hash of what a browser holds while it waits for a code: that would let it in without one. */
function linkHashOf(token: string): string {
  return hashOf(`mailed link ${token}`);
}
