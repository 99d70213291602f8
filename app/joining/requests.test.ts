import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { setMode } from "#app/joining/test-joining.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let admin: Person;
let moderator: Person;

beforeAll(async () => {
  admin = await createPerson({ username: "iris", role: "admin" });
  moderator = await createPerson({ username: "omar", role: "moderator" });
});

beforeEach(async () => {
  await db.rateLimit.deleteMany();
  await db.joinRequest.deleteMany();
});

const answer = "I grow beans, and want to talk about them.";

/** Somebody who has proved an address, up to the page that asks. */
async function arriving(email: string): Promise<TestBrowser> {
  const browser = new TestBrowser();
  await browser.proveAddress(email);
  return browser;
}

async function lastMailTo(email: string) {
  const mail = (await listQueuedMails()).filter(({ to }) => to === email).at(-1);
  if (!mail) throw new Error("no mail");
  return mail;
}

async function join(email: string, link: string, username: string) {
  const browser = new TestBrowser();
  expect((await browser.get(link)).status).toBe(200);
  await browser.proveAddress(email);
  const form = { username, name: "Somebody", password: "four quiet columns" };
  return browser.post("/join/profile", form);
}

describe("where admins approve", () => {
  beforeEach(() => setMode("approval", { question: "Why beans?" }));

  test("a newcomer answers, is nobody until they are approved, and joins by the link in the mail", async () => {
    const browser = await arriving("ada@example.org");
    expect((await browser.get("/join/profile")).headers.get("location")).toBe("/join/request");
    expect((await browser.get("/join/request")).body).toContain("Why beans?");
    expect((await browser.post("/join/request", { name: "Ada", answer: "" })).status).toBe(400);
    const users = await db.user.count();
    const asked = await browser.post("/join/request", { name: "Ada", answer });
    expect(asked.headers.get("location")).toBe("/join/request?asked");
    expect((await browser.get("/join/request?asked")).body).toContain("You are on the list");
    expect(await db.user.count()).toBe(users);
    const queue = await send("/admin/joining", { cookie: moderator.cookie });
    expect(queue.body).toContain(answer);
    expect(queue.body).not.toContain("ada@example.org");
    const { id } = await db.joinRequest.findFirstOrThrow();
    await send(`/admin/joining/${id}/approval`, { cookie: moderator.cookie, form: {} });
    const { text } = await lastMailTo("ada@example.org");
    const link = /\/join\?invite=[\w-]{43}/.exec(text)?.[0] ?? "no link";
    const another = await arriving("eve@example.org");
    await another.get(link);
    expect((await another.get("/join/profile")).headers.get("location"), "the link of somebody else").toBe(
      "/join/request",
    );
    expect((await join("ada@example.org", link, "ada")).headers.get("location")).toBe("/welcome");
    expect(await db.arrival.count()).toBe(1);
  });

  test("who asks twice waits once, and whoever proves the address sees how it stands", async () => {
    for (const name of ["Bo", "Bob"]) {
      const browser = await arriving("bo@example.org");
      const page = await browser.get("/join/request");
      if (name === "Bob") expect(page.body).toContain("nobody is before you");
      await browser.post("/join/request", { name, answer });
    }
    expect(await db.joinRequest.findMany({ select: { name: true } })).toEqual([{ name: "Bo" }]);
  });

  test("who is declined is told why, and does not ask again for a while", async () => {
    const browser = await arriving("cy@example.org");
    await browser.post("/join/request", { name: "Cy", answer });
    const { id } = await db.joinRequest.findFirstOrThrow();
    const url = `/admin/joining/${id}/decline`;
    expect((await send(url, { cookie: moderator.cookie, form: { reason: "" } })).status).toBe(400);
    await send(url, { cookie: moderator.cookie, form: { reason: "We grow no beans here." } });
    expect((await lastMailTo("cy@example.org")).text).toContain("We grow no beans here.");
    const again = await arriving("cy@example.org");
    expect((await again.get("/join/request")).body).toContain("We grow no beans here.");
    await again.post("/join/request", { name: "Cy", answer });
    expect(await db.joinRequest.count()).toBe(1);
    expect((await send(url, { cookie: admin.cookie, form: { reason: "Twice" } })).status).toBe(404);
  });

  test("of two moderators who decide at once one does", async () => {
    const browser = await arriving("dora@example.org");
    await browser.post("/join/request", { name: "Dora", answer });
    const { id } = await db.joinRequest.findFirstOrThrow();
    const mails = (await listQueuedMails()).length;
    const answers = await Promise.all([
      send(`/admin/joining/${id}/approval`, { cookie: moderator.cookie, form: {} }),
      send(`/admin/joining/${id}/decline`, { cookie: admin.cookie, form: { reason: "No beans." } }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 404]);
    expect((await listQueuedMails()).length).toBe(mails + 1);
  });
});

describe("where people wait for their turn", () => {
  beforeEach(() => setMode("waitlist"));

  test("the next ones are let in by mail in the order in which they came, once each, also by two admins at once", async () => {
    const emails = ["one", "two", "three", "four"].map((name) => `${name}@example.org`);
    for (const email of emails) {
      const browser = await arriving(email);
      expect((await browser.get("/join/request")).body).not.toContain("Answer");
      await browser.post("/join/request", { name: "Somebody", answer: "not asked" });
    }
    const next = (count: string) => send("/admin/joining/admissions", { cookie: admin.cookie, form: { count } });
    await next("1");
    const mailed = async () =>
      (await listQueuedMails()).filter(({ text }) => text.includes("/join?invite=")).map(({ to }) => to);
    expect((await mailed()).slice(-1)).toEqual(["one@example.org"]);
    await Promise.all([next("1"), next("1")]);
    expect((await mailed()).slice(-2).sort()).toEqual(["three@example.org", "two@example.org"]);
    for (const count of ["0", "-1", "51", "x"]) await next(count);
    expect(await db.joinRequest.count({ where: { decidedAt: null } })).toBe(1);
    expect((await send("/admin/joining/admissions", { cookie: moderator.cookie, form: { count: "1" } })).status).toBe(
      404,
    );
    const browser = await arriving("one@example.org");
    const form = { username: "number-one", name: "One", password: "four quiet columns" };
    expect((await browser.post("/join/profile", form)).headers.get("location"), "without the link").toBe("/welcome");
  });
});

describe("whatever statement fails", () => {
  const counted = async () => ({
    waiting: await db.joinRequest.count({ where: { decidedAt: null } }),
    requests: await db.joinRequest.count(),
    invites: await db.invite.count(),
    events: await db.auditEvent.count(),
    proofs: await db.emailProof.count({ where: { consumedAt: { not: null } } }),
    mails: (await listQueuedMails()).length,
  });

  test("of asking, nobody waits and the proof is good for the next try", async () => {
    await setMode("approval");
    const browser = await arriving("emil@example.org");
    const before = await counted();
    const form = { name: "Emil", answer };
    for (let failing = 0; ; failing++) {
      const { status } = await send("/join/request", {
        cookie: browser.cookie,
        form,
        beforeStatement: failAt(failing),
      });
      if (status === 302) break;
      expect(status).toBe(500);
      expect(await counted(), `at ${failing}`).toEqual(before);
    }
    expect(await counted()).toEqual({ ...before, waiting: 1, requests: 1, proofs: before.proofs + 1 });
  });

  test.each([
    ["approving", "approval", {}],
    ["declining", "decline", { reason: "No beans." }],
    ["letting the next ones in", "admissions", { count: "2" }],
  ])("of %s, nothing has happened", async (_, noun, form: Record<string, string>) => {
    await db.joinRequest.createMany({ data: ["f", "g"].map((name) => ({ email: `${name}@example.org`, name })) });
    const { id } = await db.joinRequest.findFirstOrThrow();
    const url = noun === "admissions" ? "/admin/joining/admissions" : `/admin/joining/${id}/${noun}`;
    const before = await counted();
    let failures = 0;
    for (let failing = 1; ; failing++) {
      const { status } = await send(url, { cookie: admin.cookie, form, beforeStatement: failAt(failing) });
      if (status === 302) break;
      expect(status).toBe(500);
      expect(await counted(), `at ${failing}`).toEqual(before);
      failures += 1;
    }
    expect(failures).toBeGreaterThanOrEqual(4);
    expect(await counted()).not.toEqual(before);
  });
});
