import { TestAuthenticator, type Wrongs } from "#app/auth/passkeys/test-authenticator.ts";
import { TestBrowser } from "#app/auth/test-browser.ts";
import type { Person } from "#app/auth/test-people.ts";
import type { TestResponse } from "#app/server/test-request.ts";

/** The challenge in what the site gives a browser to ask with. */
export async function challengeOf(answer: Promise<TestResponse>): Promise<string> {
  const { body } = await answer;
  return (JSON.parse(body) as { challenge: string }).challenge; // the options' own shape
}

/** A browser in which that person is signed in. */
export function browserOf(person: Person): TestBrowser {
  const browser = new TestBrowser();
  const [name = "", value = ""] = person.cookie.split("=");
  browser.cookies.set(name, value);
  return browser;
}

/** Adds a passkey in the settings. */
export async function addPasskey(
  browser: TestBrowser,
  key: TestAuthenticator,
  { name = "", wrongs = {} }: { name?: string; wrongs?: Wrongs } = {},
): Promise<TestResponse> {
  const challenge = await challengeOf(browser.post("/settings/security/passkeys/options", {}));
  return browser.post("/settings/security/passkeys/new", { name, passkey: key.make(challenge, wrongs) });
}

/** A person's new passkey, added in the settings. */
export async function passkeyFor(person: Person, counter = 0): Promise<TestAuthenticator> {
  const key = new TestAuthenticator({ counter });
  await addPasskey(browserOf(person), key);
  key.counter += counter > 0 ? 1 : 0;
  return key;
}

/** Comes in by a passkey. */
export async function signInBy(key: TestAuthenticator, browser: TestBrowser, wrongs: Wrongs = {}) {
  const challenge = await challengeOf(browser.post("/sign-in/passkey/options", {}));
  return browser.post("/sign-in/passkey", { passkey: key.sign(challenge, wrongs), redirectTo: "/drafts" });
}
