import { beforeEach, describe, expect, test } from "vitest";
import { lastCodeFor, listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person, testPassword } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let browser: TestBrowser;
let people = 0;

beforeEach(async () => {
  people += 1;
  mina = await createPerson({ username: `mina${"abcdefghjkmnpqrtuvwxyz"[people]}` });
  browser = browserOfPerson(mina);
});

function browserOfPerson(person: Person): TestBrowser {
  const signedIn = new TestBrowser();
  const [name = "", value = ""] = person.cookie.split("=");
  signedIn.cookies.set(name, value);
  return signedIn;
}

function rename(username: string, who = browser) {
  return who.post("/settings/account/username", { username });
}

async function add(email: string, who = browser) {
  await who.post("/settings/account/addresses", { email });
  return who.post("/settings/account/addresses/code", { code: await lastCodeFor(email) });
}

async function idOf(email: string) {
  return (await db.emailAddress.findUniqueOrThrow({ where: { email } })).id;
}

describe("a username", () => {
  test("is changed: the former one leads to the new one for good, and is nobody else's while it is held", async () => {
    const former = mina.username;
    expect((await rename(`${former}-new`)).status).toBe(302);
    const redirect = await send(`/u/${former}`);
    expect([redirect.status, redirect.headers.get("location")]).toEqual([301, `/u/${former}-new`]);
    for (const page of ["/comments", "/followers", "/following", "/feed.xml"]) {
      expect((await send(`/u/${former}${page}`)).headers.get("location"), page).toBe(`/u/${former}-new${page}`);
    }
    const other = await createPerson({ username: `other${former.at(-1)}` });
    const refused = await rename(former, browserOfPerson(other));
    expect(refused.status).toBe(400);
    expect(refused.body).toContain("That username is taken");
    const newcomer = new TestBrowser();
    await newcomer.proveAddress(`newcomer-${former}@example.org`);
    const joining = await newcomer.post("/join/profile", {
      username: former,
      name: "N",
      password: "a colonnade at noon",
    });
    expect(joining.body).toContain("That username is taken");
    await db.heldUsername.updateMany({ data: { heldUntil: new Date(0) } });
    expect((await rename(former, browserOfPerson(other))).status).toBe(302);
    expect((await send(`/u/${former}`)).body).toContain(`@${former}`);
  });

  test("changes once in 30 days, its capital letters at any time", async () => {
    await rename(`${mina.username}-b`);
    expect((await rename(`${mina.username}-c`)).body).toContain("You can choose another username from");
    expect((await rename(`${mina.username.toUpperCase()}-b`)).status).toBe(302);
    await db.heldUsername.updateMany({ data: { createdAt: new Date(Date.now() - 31 * 86_400_000) } });
    expect((await rename(`${mina.username}-c`)).status).toBe(302);
  });

  test("can be taken back by whoever gave it up", async () => {
    await rename(`${mina.username}-b`);
    await db.heldUsername.updateMany({ data: { createdAt: new Date(Date.now() - 31 * 86_400_000) } });
    expect((await rename(mina.username)).status).toBe(302);
    expect((await send(`/u/${mina.username}-b`)).headers.get("location")).toBe(`/u/${mina.username}`);
  });

  test("given up and wanted by ten at once goes to none of them", async () => {
    const former = mina.username;
    const others = await Promise.all(
      Array.from({ length: 5 }, (_, index) => createPerson({ username: `w${former}${"abcdef"[index]}` })),
    );
    const answers = await Promise.all([
      rename(`${former}-new`),
      ...others.map((other) => rename(former, browserOfPerson(other))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([302, 400, 400, 400, 400, 400]);
  });
});

describe("an e-mail address", () => {
  test("is added once it is proved, and then lets its owner in", async () => {
    const email = `second-${mina.email}`;
    await browser.post("/settings/account/addresses", { email });
    expect(await db.emailAddress.count({ where: { email } })).toBe(0);
    expect((await add(email)).status).toBe(302);
    const elsewhere = new TestBrowser();
    await elsewhere.post("/sign-in", { identifier: email, password: testPassword });
    expect(await elsewhere.identity()).toBe(`viewer ${mina.username}`);
    const byCode = new TestBrowser();
    await byCode.proveAddress(email);
    expect(await byCode.identity()).toBe(`viewer ${mina.username}`);
  });

  test("that another account has is not taken from it", async () => {
    const other = await createPerson({ username: `other${mina.username.at(-1)}` });
    const answer = await add(other.email);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("Another account on this site has this address");
    const joining = new TestBrowser();
    await joining.proveAddress(other.email);
    expect(await joining.identity()).toBe(`viewer ${other.username}`);
  });

  test("becomes the primary one; both are told, and the former one takes it back, which ends every session", async () => {
    const email = `new-${mina.email}`;
    await add(email);
    expect((await browser.post(`/settings/account/addresses/${await idOf(email)}/primary`, {})).status).toBe(302);
    expect((await db.user.findUniqueOrThrow({ where: { id: mina.id } })).email).toBe(email);
    const mails = (await listQueuedMails()).slice(-2);
    expect(mails.map(({ to }) => to).sort()).toEqual([email, mina.email].sort());
    await browser.post(`/settings/account/addresses/${await idOf(mina.email)}/removal`, {});
    const told = (await listQueuedMails()).filter(({ to }) => to === mina.email);
    const link = /\/undo-email-change\?token=[\w-]+/.exec(told.map(({ text }) => text).join())?.[0] ?? "no link";
    const stranger = new TestBrowser();
    expect((await stranger.get(link)).body).toContain("Take the change back");
    expect((await db.user.findUniqueOrThrow({ where: { id: mina.id } })).email).toBe(email);
    expect((await stranger.post(link, {})).body).toContain("It is your account again");
    expect((await db.user.findUniqueOrThrow({ where: { id: mina.id } })).email).toBe(mina.email);
    expect(await db.emailAddress.findMany({ where: { userId: mina.id }, select: { email: true } })).toEqual([
      { email: mina.email },
    ]);
    expect(await browser.identity()).toBe("nobody");
    expect((await stranger.post(link, {})).status).toBe(400);
  });

  test("of somebody else is neither made primary nor taken away, and the primary one stays", async () => {
    const other = await createPerson({ username: `other${mina.username.at(-1)}` });
    for (const act of ["primary", "removal"]) {
      expect((await browser.post(`/settings/account/addresses/${await idOf(other.email)}/${act}`, {})).status).toBe(
        404,
      );
      expect((await browser.post(`/settings/account/addresses/${await idOf(mina.email)}/${act}`, {})).status).toBe(404);
    }
  });
});
