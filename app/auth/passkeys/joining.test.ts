import { describe, expect, test } from "vitest";
import { TestAuthenticator } from "#app/auth/passkeys/test-authenticator.ts";
import { challengeOf, passkeyFor, signInBy } from "#app/auth/passkeys/test-passkeys.ts";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";

async function newcomer(username: string) {
  const browser = new TestBrowser();
  await browser.proveAddress(`${username}@example.org`);
  return browser;
}

function options(browser: TestBrowser, username: string) {
  return browser.post("/join/profile/passkey-options", { username, name: "Somebody" });
}

describe("joining with a passkey", () => {
  test("makes a member without any password, who comes in by it again and may choose a password later", async () => {
    const browser = await newcomer("nora");
    const key = new TestAuthenticator();
    const passkey = key.make(await challengeOf(options(browser, "nora")));
    const answer = await browser.post("/join/profile", { username: "nora", name: "Nora", passkey });
    expect(answer.headers.get("location")).toBe("/welcome");
    expect(await browser.identity()).toBe("viewer nora");
    const nora = await db.user.findUniqueOrThrow({
      where: { usernameKey: "nora" },
      select: { accounts: true, passkeys: true, emailVerified: true },
    });
    expect([nora.accounts.length, nora.passkeys.length, nora.emailVerified]).toEqual([0, 1, true]);

    const later = new TestBrowser();
    await signInBy(key, later);
    expect(await later.identity()).toBe("viewer nora");
    const chosen = await later.post("/settings/security/password", { password: "four quiet columns" });
    expect(chosen.status).toBe(302);
  });

  test("asks for no passkey when the username or the name will not do", async () => {
    await createPerson({ username: "taken" });
    const browser = await newcomer("pia");
    for (const username of ["taken", "x", "admin"]) {
      expect((await options(browser, username)).status).toBe(400);
      const answer = await browser.post("/join/profile", { username, name: "Pia", passkey: "" });
      expect(answer.status).toBe(400);
      expect(answer.body).toContain('id="profile-username-error"');
    }
    expect((await options(new TestBrowser(), "pia")).status).toBe(400);
  });

  test.each([
    ["signed for another site", { origin: "https://elsewhere.example" }],
    ["that was not unlocked", { unlocked: false }],
  ])("makes nobody with a passkey %s", async (_, wrongs) => {
    const browser = await newcomer("quin");
    const passkey = new TestAuthenticator().make(await challengeOf(options(browser, "quin")), wrongs);
    const answer = await browser.post("/join/profile", { username: "quin", name: "Quin", passkey });
    expect(answer.status).toBe(400);
    expect(await db.user.count({ where: { usernameKey: "quin" } })).toBe(0);
  });

  test("makes nobody with somebody else's passkey, and the step can be taken again", async () => {
    const known = await passkeyFor(await createPerson({ username: "owner" }));
    const browser = await newcomer("rosa");
    const form = { username: "rosa", name: "Rosa" };
    const taken = known.make(await challengeOf(options(browser, "rosa")));
    expect((await browser.post("/join/profile", { ...form, passkey: taken })).status).toBe(400);
    const own = new TestAuthenticator().make(await challengeOf(options(browser, "rosa")));
    expect((await browser.post("/join/profile", { ...form, passkey: own })).status).toBe(302);
  });
});
