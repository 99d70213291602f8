import { describe, expect, test } from "vitest";
import { verifyPassword } from "#app/auth/password/passwords.server.ts";
import { countTraces, listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const password = "four quiet columns";

async function proved(email: string): Promise<TestBrowser> {
  const browser = new TestBrowser();
  await browser.proveAddress(email);
  return browser;
}

describe("joining", () => {
  test("leads from the address over the code and the username to the feed, signed in", async () => {
    const browser = new TestBrowser();
    const start = await browser.get("/join");
    expect(start.body).toContain("Step 1 of 3");
    const asked = await browser.post("/join", { email: " Mina@Example.org " });
    expect(asked.headers.get("Location")).toBe("/join/code");
    expect((await browser.get("/join/code")).body).toContain("mina@example.org");
    const code = /\d{6}/.exec((await listQueuedMails()).at(-1)?.subject ?? "")?.[0] ?? "";
    expect(await db.user.count()).toBe(0);
    const onward = await browser.post("/join/code", { code });
    expect(onward.headers.get("Location")).toBe("/join/profile");
    const profile = await browser.get("/join/profile");
    expect(profile.body).toContain("Step 3 of 3");
    expect(profile.body).toContain('href="?username=mina"');
    expect(await db.user.count()).toBe(0);
    const joined = await browser.post("/join/profile", { username: "MinaS", name: "Mina Sørensen", password });
    expect(joined.status).toBe(302);
    expect(joined.headers.get("Location")).toBe("/welcome");
    expect((await browser.get("/")).body).toContain('data-viewer="MinaS"');
    expect(browser.cookies.has("stoa_join")).toBe(false);

    const user = await db.user.findUniqueOrThrow({
      where: { usernameKey: "minas" },
      include: { accounts: true, sessions: true },
    });
    expect(user).toMatchObject({
      username: "MinaS",
      usernameSkeleton: "mlnas",
      name: "Mina Sørensen",
      email: "mina@example.org",
      emailVerified: true,
      role: "member",
      banned: false,
    });
    expect(user.id[14]).toBe("7");
    expect(user.accounts).toMatchObject([{ providerId: "credential", accountId: user.id }]);
    expect(await verifyPassword(user.accounts[0]?.password ?? null, password)).toBe(true);
    expect(user.sessions).toMatchObject([{ ipAddress: browser.from, banId: null }]);
    expect(await db.auditEvent.findMany({ where: { userId: user.id } })).toMatchObject([
      { kind: "joined", actorId: user.id, ipAddress: browser.from, details: { proof: "joining" } },
    ]);
    const welcome = (await listQueuedMails()).at(-1);
    expect(welcome).toMatchObject({ to: "mina@example.org", subject: "Welcome to Stoa" });
    expect(welcome?.text).toContain("http://localhost:3000/u/MinaS");
  });

  test("takes twelve statements in its last step, ten of them one transaction", async () => {
    const browser = await proved("counted@example.org");
    const { statements } = await browser.post("/join/profile", { username: "counted", name: "Counted", password });
    expect(statements).toHaveLength(12);
    expect(statements.indexOf("BEGIN")).toBe(2);
    expect(statements.indexOf("COMMIT")).toBe(11);
  });

  test("cannot be begun at its end, nor its end be sent twice", async () => {
    const stranger = new TestBrowser();
    expect((await stranger.get("/join/profile")).headers.get("Location")).toBe("/join/code");
    expect((await stranger.get("/join/code")).body).toContain("Ask for a new code");
    const form = { username: "stranger", name: "Stranger", password };
    expect((await stranger.post("/join/profile", form)).headers.get("Location")).toBe("/join/code");

    await stranger.post("/join", { email: "stranger@example.org" });
    expect((await stranger.post("/join/profile", form)).headers.get("Location")).toBe("/join/code");
    expect(await db.user.count({ where: { usernameKey: "stranger" } })).toBe(0);

    const browser = await proved("twice@example.org");
    const cookies = new Map(browser.cookies);
    await browser.post("/join/profile", { username: "twice", name: "Twice", password });
    browser.cookies = cookies;
    const again = await browser.post("/join/profile", { username: "twice-again", name: "Twice", password });
    expect(again.headers.get("Location")).toBe("/join/code");
    expect(await db.user.count({ where: { email: "twice@example.org" } })).toBe(1);
  });

  test("is nothing for somebody who is signed in: they are sent to the feed", async () => {
    const { cookie } = await createPerson({ username: "insider" });
    for (const path of ["/join", "/join/code", "/join/profile", "/sign-in"]) {
      expect((await send(path, { cookie })).headers.get("Location")).toBe("/");
      expect((await send(path, { cookie, form: { email: "x@example.org" } })).headers.get("Location")).toBe("/");
    }
  });

  test("shows what a visitor has typed to no cache", async () => {
    const browser = await proved("cached@example.org");
    for (const path of ["/join", "/join/profile", "/join/profile.data", "/join/code", "/sign-in"]) {
      expect((await browser.get(path)).headers.get("Cache-Control")).toBe("private, no-store");
    }
  });
});

describe("a last step that is not right comes back", () => {
  test("with a message beside each field, what was typed, and never the password", async () => {
    const browser = await proved("wrong@example.org");
    const { status, body } = await browser.post("/join/profile", { username: "a", name: "Jo <3", password: "hush-hu" });
    expect(status).toBe(400);
    expect(body).toContain(">Use at least 3 characters.<");
    expect(body).toContain(">Use at least 8 characters.<");
    expect(body).toContain('value="Jo &lt;3"');
    expect(body).toMatch(/id="profile-username"[^>]*aria-describedby="[^"]*profile-username-error/);
    expect(body).not.toContain("hush-hu");
    // The first wrong field has the focus, without a script.
    expect(body).toMatch(/<input[^>]*id="profile-username"[^>]*autofocus/);
  });

  test.each([
    [{ username: "admin", name: "A", password }, "reserved"],
    [{ username: "mína", name: "A", password }, "letters a to z"],
    [{ username: "fine-name", name: "\u202e", password }, "Enter your name"],
    [{ username: "fine-name", name: "A", password: "Password1!" }, "first passwords"],
    [{ username: "fine-name", name: "A", password: "fine-name2026" }, "Leave your names"],
    [{ username: "fine-name", name: "A", password: "onemore@example.org" }, "Leave your names"],
    [{ username: "fine-name", name: "A", password: "x".repeat(129) }, "at most 128"],
  ])("%j: %s", async (form, message) => {
    await db.rateLimit.deleteMany();
    const browser = await proved("onemore@example.org");
    const { status, body } = await browser.post("/join/profile", form);
    expect(status).toBe(400);
    expect(body).toContain(message);
  });

  test("with words when fields are missing, doubled or nested", async () => {
    const browser = await proved("nested@example.org");
    for (const body of [
      "",
      "username=one&username=two&name=A&password=four+quiet+columns",
      "username[set]=nested&name=A&password=four+quiet+columns",
      "username.set=nested&name=A&password=four+quiet+columns",
      "__proto__[username]=nested&username=nested&name[]=A&password=four+quiet+columns",
    ]) {
      expect([body, await browser.postRaw("/join/profile", body)]).toEqual([body, 400]);
    }
    expect(await db.user.count({ where: { email: "nested@example.org" } })).toBe(0);
  });
});

describe("a username", () => {
  test("that is taken, or that looks like one, is said so on the field, and free ones are offered", async () => {
    await createPerson({ username: "Burns" });
    const browser = await proved("bums@example.org");
    const same = await browser.post("/join/profile", { username: "bURNS", name: "Bums", password });
    expect(same.status).toBe(400);
    expect(same.body).toContain("That username is taken.");
    expect(same.body).toMatch(/Free now:.*href="\?username=/);
    const alike = await browser.post("/join/profile", { username: "bums", name: "Bums", password });
    expect(alike.body).toContain("That username is taken: another one looks the same.");
    const free = await browser.post("/join/profile", { username: "bums-reads", name: "Bums", password });
    expect(free.status).toBe(302);
  });

  test("that ten people want at once has one winner, and is taken for the others", async () => {
    const browsers = await Promise.all(Array.from({ length: 10 }, (_, n) => proved(`racer-${n}@example.org`)));
    const before = await countTraces();
    const answers = await Promise.all(
      browsers.map((browser, n) =>
        browser.post("/join/profile", { username: n % 2 ? "Racer" : "rAcEr", name: `Racer ${n}`, password }),
      ),
    );
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1);
    const losers = answers.filter(({ status }) => status === 400);
    expect(losers).toHaveLength(9);
    for (const { body } of losers) expect(body).toContain("That username is taken.");
    const after = await countTraces();
    expect(after.users).toBe(before.users + 1);
    expect(after.accounts).toBe(before.accounts + 1);
    expect(after.sessions).toBe(before.sessions + 1);
    expect(after.usedProofs).toBe(before.usedProofs + 1);
    // A loser goes on with the same proof.
    const loser = browsers[answers.findIndex(({ status }) => status === 400)];
    expect((await loser?.post("/join/profile", { username: "racer-too", name: "R", password }))?.status).toBe(302);
  });

  test("is looked up while one types, politely limited", async () => {
    await createPerson({ username: "Occupied" });
    const from = "198.19.1.1";
    const look = async (query: string) => {
      const answer = await send(`/join/username-available?${query}`, { from });
      expect(answer.headers.get("Cache-Control")).toBe("no-store");
      return JSON.parse(answer.body);
    };
    expect(await look("username=quite-free")).toEqual({ available: true });
    expect(await look("username=occupied")).toMatchObject({ available: false, reason: "That username is taken." });
    expect((await look("username=occupied")).suggestions).toContain("occupied-reads");
    expect(await look("username=0ccup1ed")).toMatchObject({ available: false });
    expect(await look("username=stoa")).toMatchObject({ available: false });
    expect(await look("username=")).toMatchObject({ available: false, reason: "Use at least 3 characters." });
    expect(await look("username=ab&username=cd")).toMatchObject({ available: false });
    expect((await look("username=&from=J%C3%BCrgen%20M")).suggestions).toContain("jurgen-m");
    await db.rateLimit.updateMany({ where: { key: `username-look-up:${from}` }, data: { points: 120 } });
    const refused = await send("/join/username-available?username=one-more", { from });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
  });
});

describe("an address", () => {
  test("that is proved in two browsers makes one user: the second is signed in as them", async () => {
    const [one, other] = [await proved("shared@example.org"), await proved("shared@example.org")];
    await one.post("/join/profile", { username: "shared", name: "Shared", password });
    const answer = await other.post("/join/profile", { username: "shared-two", name: "Shared", password });
    expect(answer.headers.get("Location")).toBe("/");
    expect((await other.get("/")).body).toContain('data-viewer="shared"');
    expect(await db.user.count({ where: { email: "shared@example.org" } })).toBe(1);
  });

  test("whose proof is used twenty times at once makes one user", async () => {
    const browser = await proved("eager@example.org");
    const { cookie, from } = browser;
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        send("/join/profile", { cookie, from, form: { username: `eager-${n}`, name: "Eager", password } }),
      ),
    );
    expect(answers.filter((answer) => answer.cookie.includes("stoa_session"))).toHaveLength(1);
    expect(answers.every(({ status }) => status === 302)).toBe(true);
    expect(await db.user.count({ where: { email: "eager@example.org" } })).toBe(1);
    expect(await db.user.count({ where: { usernameKey: { startsWith: "eager-" } } })).toBe(1);
  });
});

test.each(["stoa", "admin"])("a name that the site keeps is refused once, not twice: %s", async (username) => {
  const browser = await proved(`wants-${username}@example.org`);
  const answer = await browser.post("/join/profile", { username, name: "A", password });
  expect(answer.status).toBe(400);
  expect(/<main[\s\S]*<\/main>/.exec(answer.body)?.[0].match(/reserved for the site/g)).toHaveLength(1);
});
