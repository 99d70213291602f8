import type { Browser } from "#app/auth/browser.server.ts";
import { takeCeremony } from "#app/auth/ceremonies.server.ts";
import { createUser, type FirstWayIn, takenField } from "#app/auth/create-user.server.ts";
import { type Entry, enter } from "#app/auth/door.server.ts";
import { consumeProof } from "#app/auth/email-proofs.server.ts";
import { welcomeMail } from "#app/auth/mails.server.ts";
import { isKnownPasskey, type NewPasskey } from "#app/auth/passkeys/new-passkey.server.ts";
import { admit, NotAdmitted, settleIn } from "#app/joining/admission.server.ts";
import type { NotAdmittedBecause } from "#app/joining/admission.ts";
import type { Agreed } from "#app/legal/legal.ts";
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
  /**
   * a password hashed before, for that takes time; a passkey that has been looked at, and what it answered; or the
   * ceremony in which a provider has vouched for them
   */
  wayIn: { passwordHash: string } | { passkey: NewPasskey; ceremonyToken: string } | { vouchedToken: string };
  /** the code of the invite that they came by */
  invite?: string | null;
  /** the versions of the legal texts that they agree to */
  agreed?: Agreed;
  browser: Browser;
}

export type JoinAnswer =
  | { is: "joined"; entry: Entry }
  | { is: "username-taken"; message: string }
  /** somebody has joined with this address meanwhile; it was proved, so they are signed in */
  | { is: "known"; entry: Entry }
  /** the address that a provider vouches for is somebody's meanwhile: they have to prove that it is they */
  | { is: "address-taken" }
  /** what the passkey has answered is used up, or its time is over; or somebody has that passkey */
  | { is: "passkey-refused" }
  /** the site does not take them now; what they bring is not used up */
  | { is: "not-admitted"; because: NotAdmittedBecause }
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
    if (error instanceof NotAdmitted) return { is: "not-admitted", because: error.because };
    const taken = takenField(error);
    if (taken?.field === "username") return { is: "username-taken", message: taken.message };
    if (isKnownPasskey(error)) return { is: "passkey-refused" };
    if (taken?.field === "email") {
      return newcomer.token ? transact((tx) => signInByProof(tx, newcomer)) : { is: "address-taken" };
    }
    // Somebody has joined by the same account at the provider, at the same moment.
    if ("vouchedToken" in newcomer.wayIn && violatedConstraint(error)?.includes("provider_id"))
      return { is: "unproved" };
    throw error;
  }
}

async function becomeMember(tx: Transaction, newcomer: Newcomer): Promise<JoinAnswer> {
  const { token, username, name, avatar, browser } = newcomer;
  const taken = await takeWayIn(tx, newcomer.wayIn);
  if ("is" in taken) return taken;
  const email = token ? await consumeProof(tx, token) : (taken.email ?? null);
  if (email === null) return { is: "unproved" };
  const user = { username, name, email, emailVerified: true, role: "member" as const };
  const admission = await admit(tx, { ...newcomer, email });
  const userId = await createUser(tx, user, taken.wayIn);
  await settleIn(tx, userId, admission);
  if (avatar) await giveAvatar(tx, userId, avatar);
  const entry = await enter(tx, userId, "joining", browser);
  const { siteName, siteUrl } = settings();
  await queueMail(tx, { to: email, ...welcomeMail({ name, username, siteName, siteUrl }) });
  return { is: "joined", entry };
}

/** What the newcomer brings, used up: what they come in by from now on, and the address that a provider vouches for. */
async function takeWayIn(
  tx: Transaction,
  wayIn: Newcomer["wayIn"],
): Promise<{ wayIn: FirstWayIn; email?: string | null } | Extract<JoinAnswer, { is: "passkey-refused" | "unproved" }>> {
  if ("passwordHash" in wayIn) return { wayIn };
  if ("passkey" in wayIn) {
    const answered = await takeCeremony(tx, "passkey-joining", wayIn.ceremonyToken);
    return answered ? { wayIn } : { is: "passkey-refused" };
  }
  const vouched = await takeCeremony(tx, "provider-newcomer", wayIn.vouchedToken);
  if (!vouched) return { is: "unproved" };
  const { providerId, accountId, email } = vouched.state;
  return { wayIn: { provider: { providerId, accountId } }, email };
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
