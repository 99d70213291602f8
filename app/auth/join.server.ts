import type { Browser } from "#app/auth/browser.server.ts";
import { takeCeremony } from "#app/auth/ceremonies.server.ts";
import { createUser, takenField } from "#app/auth/create-user.server.ts";
import { type Entry, enter } from "#app/auth/door.server.ts";
import { consumeProof } from "#app/auth/email-proofs.server.ts";
import { welcomeMail } from "#app/auth/mails.server.ts";
import { inTransaction, type Transaction, violatedConstraint } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { queueMail } from "#app/server/mail.server.ts";
import { recordUpload, type StoredAvatar, storing } from "#app/uploads/uploads.server.ts";

export interface Newcomer {
  /** of the browser that has proved the address; null where a provider vouches for it */
  token: string | null;
  /** of the browser that a provider has vouched for somebody in */
  vouchedToken?: string | null;
  username: string;
  name: string;
  /** a picture of theirs, encoded before */
  avatar?: StoredAvatar | null;
  /** hashed before, for that takes time; left out by who comes in by a provider */
  passwordHash?: string;
  browser: Browser;
}

export type JoinAnswer =
  | { is: "joined"; entry: Entry }
  | { is: "username-taken"; message: string }
  /** somebody has joined with this address meanwhile; it was proved, so they are signed in */
  | { is: "known"; entry: Entry }
  /** the address that a provider vouches for is somebody's meanwhile: they have to prove that it is they */
  | { is: "address-taken" }
  /** no proved address, or one that is used up */
  | { is: "unproved" };

type Transact = <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>;

/**
 * The last step of joining, all of it or nothing: the proof is used up, and there are a user with a username, a way
 * to sign in, a session, a line in the ledger and a mail on its way.
 * @param transact only a test gives another one, to see that without a transaction it fails
 */
export async function join(newcomer: Newcomer, { transact = inTransaction as Transact } = {}): Promise<JoinAnswer> {
  const files = newcomer.avatar?.files ?? {};
  try {
    return await storing(files, () => transact((tx) => becomeMember(tx, newcomer)));
  } catch (error) {
    const taken = takenField(error);
    if (taken?.field === "username") return { is: "username-taken", message: taken.message };
    if (taken?.field === "email") {
      return newcomer.token ? transact((tx) => signInByProof(tx, newcomer)) : { is: "address-taken" };
    }
    // Somebody has joined by the same account at the provider, at the same moment.
    if (newcomer.vouchedToken && violatedConstraint(error)?.includes("provider_id")) return { is: "unproved" };
    throw error;
  }
}

async function becomeMember(tx: Transaction, newcomer: Newcomer): Promise<JoinAnswer> {
  const { token, vouchedToken, username, name, avatar, passwordHash, browser } = newcomer;
  const vouched = vouchedToken ? await takeCeremony(tx, "provider-newcomer", vouchedToken) : null;
  const email = token ? await consumeProof(tx, token) : (vouched?.state.email ?? null);
  if (email === null || (vouchedToken && !vouched)) return { is: "unproved" };
  const provider = vouched ? { providerId: vouched.state.providerId, accountId: vouched.state.accountId } : undefined;
  const about = { username, name, email, emailVerified: true, role: "member" as const };
  const userId = await createUser(tx, { ...about, passwordHash, provider });
  if (avatar) await giveAvatar(tx, userId, avatar);
  const entry = await enter(tx, userId, "joining", browser);
  const { siteName, siteUrl } = settings();
  await queueMail(tx, { to: email, ...welcomeMail({ name, username, siteName, siteUrl }) });
  return { is: "joined", entry };
}

async function giveAvatar(tx: Transaction, userId: string, { files: _, ...upload }: StoredAvatar): Promise<void> {
  await recordUpload(tx, { ...upload, ownerId: userId, kind: "avatar" });
  await tx.user.update({ where: { id: userId }, data: { avatar: upload.key } });
}

async function signInByProof(tx: Transaction, { token, browser }: Newcomer): Promise<JoinAnswer> {
  const email = token ? await consumeProof(tx, token) : null;
  const user =
    email === null
      ? null
      : await tx.user.findFirst({ where: { emailAddresses: { some: { email } } }, select: { id: true } });
  if (!user) return { is: "unproved" };
  return { is: "known", entry: await enter(tx, user.id, "code", browser) };
}
