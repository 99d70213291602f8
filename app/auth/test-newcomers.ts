import { TestAuthenticator } from "#app/auth/passkeys/test-authenticator.ts";
import { challengeOf } from "#app/auth/passkeys/test-passkeys.ts";
import { startGithub } from "#app/auth/providers/test-github.ts";
import { comeBy, startProvider } from "#app/auth/providers/test-openid.ts";
import { createSetupLink } from "#app/auth/setup.server.ts";
import { countTraces, TestBrowser } from "#app/auth/test-browser.ts";
import { hashOf, newToken } from "#app/auth/tokens.server.ts";
import { db } from "#app/server/database.server.ts";
import { siteUrl } from "#app/server/test-request.ts";

/** The last step of becoming somebody here, as a browser sends it: all before it is done and proved. */
export interface LastStep {
  path: string;
  cookie: string;
  form: Record<string, string>;
}

export interface WayToJoin {
  way: string;
  /** Somebody new, one step before they are a member. */
  arrive(username: string): Promise<LastStep>;
  /** what is there afterwards that was not there before */
  leaves: Partial<Traces>;
}

export type Traces = Awaited<ReturnType<typeof countEverything>>;

/** Everything that any way of joining leaves in the database, counted. */
export async function countEverything() {
  return {
    ...(await countTraces()),
    addresses: await db.emailAddress.count(),
    passkeys: await db.passkey.count(),
    ceremonies: await db.ceremony.count(),
    arrivals: await db.arrival.count(),
    consents: await db.consent.count(),
    places: (await db.invite.aggregate({ _sum: { usesLeft: true } }))._sum.usesLeft ?? 0,
    usedSetupLinks: await db.setupToken.count({ where: { usedAt: { not: null } } }),
  };
}

const password = "four quiet columns";
const member = { users: 1, addresses: 1, sessions: 1, auditEvents: 1, mails: 1 };

/** Every way in which the site makes a user, with the providers that two of them need. */
export async function startWaysToJoin(): Promise<{ ways: WayToJoin[]; stop(): Promise<unknown> }> {
  const [github, acme] = [await startGithub(), await startProvider()];
  const ways: WayToJoin[] = [
    {
      way: "as the first admin",
      arrive: async (username) => {
        // An empty site. The last admin cannot be taken away but with everyone.
        await db.$executeRaw`truncate users, bans, setup_tokens, rate_limits cascade`;
        const path = (await createSetupLink())?.replace(siteUrl, "") ?? "no link";
        return { path, cookie: "", form: { email: `${username}@example.org`, username, name: "Somebody", password } };
      },
      leaves: { ...member, mails: 0, accounts: 1, usedSetupLinks: 1 },
    },
    {
      way: "with a password",
      arrive: async (username) => {
        const { cookie } = await proved(username);
        return { path: "/join/profile", cookie, form: { username, name: "Somebody", password } };
      },
      leaves: { ...member, accounts: 1, usedProofs: 1 },
    },
    {
      way: "with a password, by an invite",
      arrive: async (username) => {
        const { cookie } = await proved(username);
        const code = newToken();
        const expiresAt = new Date(Date.now() + 86_400_000);
        await db.invite.create({ data: { codeHash: hashOf(code), usesLeft: 1, expiresAt } });
        const form = { username, name: "Somebody", password };
        return { path: "/join/profile", cookie: `${cookie}; stoa_invite=${code}`, form };
      },
      leaves: { ...member, accounts: 1, usedProofs: 1, arrivals: 1, places: -1 },
    },
    {
      way: "with a passkey",
      arrive: async (username) => {
        const browser = await proved(username);
        const form = { username, name: "Somebody" };
        const challenge = await challengeOf(browser.post("/join/profile/passkey-options", form));
        const passkey = new TestAuthenticator().make(challenge);
        return { path: "/join/profile", cookie: browser.cookie, form: { ...form, passkey } };
      },
      leaves: { ...member, passkeys: 1, ceremonies: -1, usedProofs: 1 },
    },
    {
      way: "by GitHub",
      arrive: async (username) => {
        github.user = { ...github.user, id: github.user.id + 1, login: username };
        github.emails = [{ email: `${username}@example.org`, primary: true, verified: true }];
        return brought(username, "/sign-in/with/github");
      },
      leaves: { ...member, accounts: 1, ceremonies: -1 },
    },
    {
      way: "by OpenID Connect",
      arrive: async (username) => {
        acme.people.set(username, { email: `${username}@example.org`, email_verified: true, name: username });
        acme.person = username;
        return brought(username, "/sign-in/with/oidc");
      },
      leaves: { ...member, accounts: 1, ceremonies: -1 },
    },
  ];
  return { ways, stop: () => Promise.all([github.stop(), acme.stop()]) };
}

async function proved(username: string): Promise<TestBrowser> {
  const browser = new TestBrowser();
  await browser.proveAddress(`${username}@example.org`);
  return browser;
}

async function brought(username: string, from: string): Promise<LastStep> {
  const browser = new TestBrowser();
  await comeBy(browser, { from });
  return { path: "/join/with-provider", cookie: browser.cookie, form: { username, name: "Somebody" } };
}

/** What is there after somebody has joined. */
export function withMember(before: Traces, { leaves }: WayToJoin): Traces {
  const sum = { ...before };
  for (const [trace, more] of Object.entries(leaves)) sum[trace as keyof Traces] += more; // `leaves` has keys of Traces
  return sum;
}
