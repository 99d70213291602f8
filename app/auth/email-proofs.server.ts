import { z } from "zod";
import type { Browser } from "#app/auth/browser.server.ts";
import { codeMail, lastCodeMail } from "#app/auth/code-mails.server.ts";
import { codeLifeMinutes, makeCode, proveByCode } from "#app/auth/code-strategy.server.ts";
import { deviceCookie, isKnownDevice } from "#app/auth/device-cookie.server.ts";
import { type Entry, enter, type SetCookies } from "#app/auth/door.server.ts";
import { joinCookie } from "#app/auth/join-cookie.server.ts";
import { findMailedLink, linkLifeMinutes, makeMailedLink } from "#app/auth/mailed-links.server.ts";
import { uncountStranger } from "#app/auth/strangers/pressure.server.ts";
import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import { countTry, giveBack, isReached, source, spend } from "#app/middleware/rate-limit.ts";
import { inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { queueMail } from "#app/server/mail.server.ts";

/** Tries at one code. */
const maxTries = 5;
/** After the code, a newcomer has this long for the last step. */
const provedLifeMinutes = 60;

/**
 * Mails a code to an address, and forgets what the browser had asked for before. Nobody looks here whether the
 * address is known, so that nothing can tell.
 * @param options `mail: false` for a machine: all is as for everybody, and the code never leaves
 * @returns the browser's new token
 */
export async function requestCode(
  email: string,
  formerToken: string | null,
  device: string | null,
  { mail = true } = {},
): Promise<string> {
  const { last } = await spendOnCode(email, { device, mail });
  const { code, state } = await makeCode(email);
  const token = newToken();
  const { siteName, siteUrl } = settings();
  await inTransaction(async (tx) => {
    if (formerToken) await tx.emailProof.deleteMany({ where: { tokenHash: hashOf(formerToken) } });
    await tx.emailProof.create({
      data: { tokenHash: hashOf(token), email, state, expiresAt: new Date(Date.now() + codeLifeMinutes * 60_000) },
      select: { id: true },
    });
    if (!mail) return;
    const site = { siteName, siteUrl };
    if (last) {
      const link = await makeMailedLink(tx, email);
      const url = `${siteUrl}/sign-in/link?token=${link.token}`;
      const words = lastCodeMail({ code, minutes: codeLifeMinutes, link: url, linkMinutes: linkLifeMinutes, ...site });
      return queueMail(tx, { to: email, goodUntil: link.goodUntil.toISOString(), ...words });
    }
    const goodUntil = new Date(Date.now() + codeLifeMinutes * 60_000).toISOString();
    await queueMail(tx, { to: email, goodUntil, ...codeMail({ code, minutes: codeLifeMinutes, ...site }) });
  });
  return token;
}

/**
 * Strangers share the mails to one address, of which no source gets more than a few. A browser that has come in with
 * the address before has its own, whatever strangers and its neighbours do. Where no mail leaves, none is counted: a
 * machine would use up the owner's without their getting one.
 * @returns whether it is the last mail that strangers get for the address, from everywhere or from there: it holds a
 * link for whoever reads it, so that nobody shuts the owner out by asking too often
 */
async function spendOnCode(
  email: string,
  { device, mail }: { device: string | null; mail: boolean },
): Promise<{ last: boolean }> {
  if (isKnownDevice(device, email)) {
    await spend("code-by-device", email);
    return { last: false };
  }
  await spend("code-by-source");
  if (!mail) return { last: false };
  const pair = `${source()} ${email}`;
  const facts = { mailed: "codes" };
  const fromHere = await spend("code-by-pair", pair, facts);
  try {
    const fromEverywhere = await spend("code-by-target", email, facts);
    return { last: fromHere === 0 || fromEverywhere === 0 };
  } catch (error) {
    await giveBack("code-by-pair", pair);
    throw error;
  }
}

/** What this browser is proving or has proved; null where there is nothing, or its time is over. */
export async function findEmailProof(token: string | null): Promise<z.infer<typeof proofRow> | null> {
  if (!token) return null;
  const [proof] = await select("email-proof", proofSql, [hashOf(token)], proofRow);
  return proof ?? null;
}

const proofSql = `
  select id, email, proved_at is not null as proved
    from email_proofs where token_hash = $1 and consumed_at is null and expires_at > now()`;

const proofRow = z.object({ id: z.string(), email: z.string(), proved: z.boolean() });

export type CodeAnswer =
  | { is: "wrong"; triesLeft: number }
  /** used, replaced, tried too often or too old: only a new code helps */
  | { is: "over" }
  | LetIn;

export type LetIn =
  /** of nobody yet: on to the last step, under a new token; the browser is known by the address from now on */
  { is: "newcomer"; cookies: SetCookies } | { is: "known"; entry: Entry };

/** A code that was right, and not used up yet. */
export interface ProvedAddress {
  id: string;
  email: string;
}

type WrongCode = Extract<CodeAnswer, { is: "wrong" | "over" }>;

/** Tries a code; a right one counts once, and signs in whoever is known by its address. */
export async function tryCode(token: string | null, code: string, browser: Browser): Promise<CodeAnswer> {
  const proved = await proveAddress(token, code, browser.device);
  if ("is" in proved) return proved;
  return letInByProof(proved, browser);
}

/** Uses a link up that was mailed to an address, and lets in whoever is known by it. @returns null where it is over */
export async function tryMailedLink(token: string, browser: Browser): Promise<LetIn | null> {
  const proved = await findMailedLink(token);
  const answer = proved && (await letInByProof(proved, browser));
  return answer?.is === "over" ? null : answer;
}

async function letInByProof(proved: ProvedAddress, browser: Browser): Promise<LetIn | { is: "over" }> {
  const answer = await inTransaction((tx) => takeProof(tx, proved, browser));
  if (answer.is !== "over" && !isKnownDevice(browser.device, proved.email)) await uncountStranger();
  return answer;
}

/**
 * Looks at a code. The try is counted by the statement that finds the row, before the code is looked at, so that
 * twenty at once are still five.
 *
 * No count of wrong codes refuses a right one at the first try. Where an address has had 30 wrong ones in a day,
 * though, a stranger's browser has one try at each code instead of five. With the eight codes an hour that strangers get
 * for one address, guessing from however many sources comes to 30 tries at six codes and one at each of the other two,
 * 32 in the first hour of a day (40 if all of them are made at the same moment), and to eight in every later hour, at
 * a million codes.
 * @returns the address, for `consumeAddress` or for the way in; or how the code is wrong
 */
export async function proveAddress(
  token: string | null,
  code: string,
  device: string | null,
): Promise<ProvedAddress | WrongCode> {
  const [proof] = token ? await select("count-code-try", countTrySql, [hashOf(token), maxTries], countedTry) : [];
  if (!proof) return wrongCode({ is: "over" });
  const { id, email, attempts } = proof;
  const stranger = !isKnownDevice(device, email);
  const tries = stranger && (await isReached("wrong-code-by-target", email)) ? 1 : maxTries;
  if (attempts > tries) return wrongCode({ is: "over" });
  if ((await proveByCode(proof.state, code)) !== email) {
    if (stranger) await countTry("wrong-code-by-target", email);
    return wrongCode(attempts < tries ? { is: "wrong", triesLeft: tries - attempts } : { is: "over" });
  }
  return { id, email };
}

/** Uses a right code up for something else than coming in; of those who bring it at once one gets true. */
export async function consumeAddress(tx: Transaction, { id }: ProvedAddress): Promise<boolean> {
  const used = await tx.$executeRaw`
    update email_proofs set proved_at = now(), consumed_at = now()
     where id = ${id}::uuid and proved_at is null and expires_at > now()`;
  return used === 1;
}

/** Counted after the code was looked at: neighbours who type wrong ones do not stop somebody who types theirs. */
async function wrongCode(answer: WrongCode): Promise<WrongCode> {
  await spend("wrong-code-by-source");
  return answer;
}

const countTrySql = `
  update email_proofs set attempts = attempts + 1
   where token_hash = $1 and attempts < $2 and proved_at is null and expires_at > now()
  returning id, email, state, attempts`;

const countedTry = z.object({ id: z.string(), email: z.string(), state: z.string(), attempts: z.number() });

/** What a right code gives, to one of those who bring it at once. The browser's token is changed with its right. */
async function takeProof(
  tx: Transaction,
  { id, email }: ProvedAddress,
  browser: Browser,
): Promise<LetIn | { is: "over" }> {
  const token = newToken();
  const taken = await tx.$executeRaw`
    update email_proofs set proved_at = now(), token_hash = ${hashOf(token)},
           expires_at = now() + make_interval(mins => ${provedLifeMinutes}::int)
     where id = ${id}::uuid and proved_at is null and expires_at > now()`;
  if (taken === 0) return { is: "over" };
  const user = await tx.user.findFirst({
    where: { emailAddresses: { some: { email } } },
    select: { id: true, email: true, emailVerified: true },
  });
  if (!user) {
    const cookies: SetCookies = [joinCookie(token), deviceCookie(email)].map((cookie) => ["Set-Cookie", cookie]);
    return { is: "newcomer", cookies };
  }
  await consumeProof(tx, token);
  if (user.email === email && !user.emailVerified) {
    await tx.user.update({ where: { id: user.id }, data: { emailVerified: true }, select: { id: true } });
  }
  return { is: "known", entry: await enter(tx, user.id, "code", browser) };
}

/** Uses up a proved address; one of those who try at once gets it. @returns the address, or null where there is none */
export async function consumeProof(tx: Transaction, token: string): Promise<string | null> {
  const [proof] = consumed.parse(
    await tx.$queryRaw`
      update email_proofs set consumed_at = now()
       where token_hash = ${hashOf(token)} and proved_at is not null and consumed_at is null and expires_at > now()
      returning email`,
  );
  return proof?.email ?? null;
}

const consumed = z.array(z.object({ email: z.string() }));
