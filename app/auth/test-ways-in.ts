import { TestAuthenticator, type Wrongs } from "#app/auth/passkeys/test-authenticator.ts";
import { challengeOf, passkeyFor } from "#app/auth/passkeys/test-passkeys.ts";
import { startGithub } from "#app/auth/providers/test-github.ts";
import { comeBy, departureOf, startProvider, throughProvider } from "#app/auth/providers/test-openid.ts";
import { lastCodeFor, lastLinkFor, listQueuedMails, type TestBrowser } from "#app/auth/test-browser.ts";
import { type Person, testPassword } from "#app/auth/test-people.ts";
import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import { hashBackupCode } from "#app/auth/two-factor/second-factor.server.ts";
import { db } from "#app/server/database.server.ts";
import { seal } from "#app/server/sealing.server.ts";
import type { TestResponse } from "#app/server/test-request.ts";

/** A way in, as somebody goes it. */
export interface Way {
  name: string;
  /** how it is reached without scripts: the page, and what its form has to hold */
  page: string;
  form: RegExp;
  /** it is of who has a second factor */
  withSecondFactor?: true;
  /** what is counted is the asking for a mail */
  mailed?: true;
  /** what a person has to have for it */
  equip?(person: Person): Promise<void>;
  /** everything but the proof itself */
  begin(browser: TestBrowser, person: Person): Promise<void>;
  /** the proof */
  prove(browser: TestBrowser, person: Person): Promise<TestResponse>;
  /** tries that are counted, until there are too many; the proof itself, where nothing else is said */
  guess?(browser: TestBrowser, person: Person): Promise<TestResponse>;
}

const github = await startGithub();
const acme = await startProvider();

export function stopProviders(): Promise<unknown> {
  return Promise.all([github.stop(), acme.stop()]);
}

const password = (browser: TestBrowser, { username }: Person, typed = testPassword) =>
  browser.post("/sign-in", { identifier: username, password: typed });

const passwordForm = /name="identifier"[\s\S]*name="password"/;
const nothing = () => Promise.resolve();
const keys = new Map<string, TestAuthenticator>();
const challenges = new Map<TestBrowser, string>();
const callbacks = new Map<TestBrowser, string>();

function passkey(name: string, wrongs: Wrongs): Way {
  return {
    name,
    page: "/sign-in",
    form: /A passkey needs JavaScript/,
    equip: async (person) => void keys.set(person.id, await passkeyFor(person)),
    begin: async (browser) =>
      void challenges.set(browser, await challengeOf(browser.post("/sign-in/passkey/options", {}))),
    prove: (browser, person) => {
      const key = keys.get(person.id) ?? new TestAuthenticator();
      return browser.post("/sign-in/passkey", { passkey: key.sign(challenges.get(browser) ?? "", wrongs) });
    },
    guess: (browser) => browser.post("/sign-in/passkey", { passkey: "{}" }),
  };
}

function provider(name: string, id: "github" | "oidc", providerId: string, say: (person: Person) => string): Way {
  const from = `/sign-in/with/${id}`;
  return {
    name,
    page: "/sign-in",
    form: new RegExp(`action="${from}"`),
    equip: async (person) => {
      const accountId = say(person);
      await db.account.create({ data: { userId: person.id, providerId, accountId } });
    },
    begin: async (browser, person) => {
      say(person);
      callbacks.set(browser, await throughProvider(departureOf(await browser.post(from, { redirectTo: "/" }))));
    },
    prove: (browser) => browser.get(callbacks.get(browser) ?? ""),
    guess: (browser) => browser.get(`${from}/callback?code=x&state=x`),
  };
}

/** Lets GitHub speak of that person. @returns their number there */
function sayGithub({ email, username }: Person): string {
  const id = Number.parseInt(hashOf(username).slice(0, 8), 16);
  github.user = { ...github.user, id, login: username };
  github.emails = [{ email, primary: true, verified: true }];
  return String(id);
}

function sayAcme({ email, username, name }: Person): string {
  acme.person = `${username}-at-acme`;
  acme.people.set(acme.person, { email, email_verified: true, name });
  return acme.person;
}

export const ways: Way[] = [
  {
    name: "Password",
    page: "/sign-in",
    form: passwordForm,
    begin: nothing,
    prove: password,
    guess: (browser, person) => password(browser, person, "a wrong password"),
  },
  {
    name: "Code by mail",
    page: "/sign-in/code",
    form: /name="email"/,
    mailed: true,
    begin: async (browser, { email }) => void (await browser.post("/sign-in/code", { email })),
    prove: async (browser, { email }) => browser.post("/sign-in/code", { code: await lastCodeFor(email) }),
    guess: (browser, { email }) => browser.post("/sign-in/code", { email }),
  },
  {
    name: "Link in the last code's mail",
    page: "/sign-in/code",
    form: /name="email"/,
    mailed: true,
    begin: async (browser, { email }) => {
      for (let n = 0; n < 5; n += 1) await browser.post("/sign-in/code", { email });
    },
    prove: async (browser, { email }) => browser.post((await lastLinkFor(email)) ?? "/sign-in/link", {}),
    guess: (browser, { email }) => browser.post("/sign-in/code", { email }),
  },
  passkey("Passkey, unlocked on the device", {}),
  passkey("Passkey, held but not unlocked", { unlocked: false }),
  provider("GitHub", "github", `github:${github.url}`, sayGithub),
  provider("OpenID Connect provider", "oidc", `oidc:${acme.issuer}`, sayAcme),
  {
    name: "Reset link",
    page: "/forgot-password",
    form: /name="email"/,
    mailed: true,
    begin: async (browser, { email }) => void (await browser.post("/forgot-password", { email })),
    prove: async (browser, { email }) => {
      const mail = (await listQueuedMails()).filter(({ to }) => to === email).at(-1);
      const link = /\/reset-password\?token=[\w-]+/.exec(mail?.text ?? "")?.[0];
      return browser.post(link ?? "/reset-password", { password: "a colonnade at noon" });
    },
    guess: (browser, { email }) => browser.post("/forgot-password", { email }),
  },
  {
    name: "Password, then backup code",
    page: "/sign-in",
    form: passwordForm,
    withSecondFactor: true,
    equip: async ({ id }) => {
      await db.backupCode.create({ data: { userId: id, codeHash: hashBackupCode(id, "abcdefgh23") } });
    },
    begin: async (browser, person) => void (await password(browser, person)),
    prove: (browser) => browser.post("/sign-in/two-factor", { code: "abcde-fgh23" }),
    guess: async (browser, person) => {
      await password(browser, person);
      return browser.post("/sign-in/two-factor", { code: "zzzzz-zzzzz" });
    },
  },
  {
    name: "Password, in a trusted browser",
    page: "/sign-in",
    form: passwordForm,
    withSecondFactor: true,
    begin: async (browser, { id }) => {
      const token = newToken();
      const expiresAt = new Date(Date.now() + 86_400_000);
      await db.trustedDevice.create({ data: { userId: id, tokenHash: hashOf(token), userAgent: "", expiresAt } });
      browser.cookies.set("stoa_trust", token);
    },
    prove: password,
    guess: (browser, person) => password(browser, person, "a wrong password"),
  },
];

export function turnSecondFactorOn({ id }: Person): Promise<unknown> {
  return db.twoFactor.create({
    data: { userId: id, sealed: seal("two-factor", "a secret"), confirmedAt: new Date() },
  });
}

/** A newcomer of the provider, from its button to their username. */
export async function joinByProvider(browser: TestBrowser, username: string): Promise<void> {
  acme.person = `${username}-at-acme`;
  acme.people.set(acme.person, { email: `${username}@example.org`, email_verified: true, name: username });
  await comeBy(browser);
  await browser.post("/join/with-provider", { username, name: username });
}
