import { beforeAll, expect, test } from "vitest";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person, testPassword } from "#app/auth/test-people.ts";
import { added, say } from "#app/comments/test-comments.ts";
import { removeDueAccounts } from "#app/deletions/removal.server.ts";
import { leaves } from "#app/deletions/test-leaving.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { postPath } from "#app/posts/post.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db, inTransaction } from "#app/server/database.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

const path = "/settings/data/deletion";
let mina: Person;

beforeAll(async () => {
  await createPerson({ username: "iris", role: "admin" });
  mina = await createPerson({ username: "Mina", name: "Mina Sørensen" });
  await db.user.update({ where: { id: mina.id }, data: { bio: "Walks", website: "https://mina.example" } });
});

/** Everything of a person that leaving may touch. */
async function stateOf(userId: string) {
  const order = { orderBy: { id: "asc" } } as const;
  return {
    user: await db.user.findUnique({ where: { id: userId }, omit: { updatedAt: true } }),
    posts: await db.post.findMany({ where: { authorId: userId }, ...order }),
    comments: await db.comment.findMany({ where: { authorId: userId }, ...order }),
    counts: await db.userCounts.findMany({ orderBy: { userId: "asc" } }),
    tags: await db.tag.findMany({ orderBy: { name: "asc" } }),
    search: await db.postSearch.findMany({ orderBy: { postId: "asc" } }),
    deletion: await db.accountDeletion.findUnique({ where: { userId } }),
    released: await db.releasedUsername.count(),
  };
}

async function signIn(identifier = mina.username): Promise<TestBrowser> {
  const browser = new TestBrowser();
  const answer = await browser.post("/sign-in", { identifier, password: testPassword });
  expect(answer.status).toBe(302);
  return browser;
}

test.each(["keep", "erase"] as const)(
  "whoever leaves and changes their mind has everything as it was: %s",
  async (choice) => {
    const browser = await signIn();
    const postId = await publish(mina, { title: `To ${choice}` });
    const deleted = await publish(mina, { title: `Deleted before, ${choice}` });
    await send(`/p/${deleted}/delete`, { cookie: mina.cookie, form: {} });
    await added(say(mina, postId, "First"));
    const before = await stateOf(mina.id);
    const mails = await db.$queryRaw<unknown[]>`select 1 from pgboss.job where name = 'send-mail'`;

    const asked = await browser.post(path, { contributions: choice });
    expect([asked.status, asked.headers.get("location")]).toEqual([302, "/leaving?asked"]);
    expect((await browser.get("/leaving?asked")).body).toContain("no longer shown");
    expect(await db.session.count({ where: { userId: mina.id } })).toBe(0);
    expect(await browser.identity()).toBe("nobody");
    expect((await send("/u/Mina")).status).toBe(404);
    expect((await send(postPath({ id: postId, title: `To ${choice}` }))).status).toBe(choice === "keep" ? 200 : 404);
    const mailsNow = await db.$queryRaw<unknown[]>`select 1 from pgboss.job where name = 'send-mail'`;
    expect(mailsNow.length).toBe(mails.length + 1);

    for (const identifier of ["mina", mina.email]) {
      const back = await signIn(identifier);
      expect(await back.identity()).toBe("nobody");
      expect((await back.get("/leaving")).body).toContain("Keep my account");
      expect((await back.get("/settings/profile")).status).toBe(401);
      if (identifier === "mina") continue;
      const kept = await back.post("/leaving", {});
      expect(kept.headers.get("location")).toBe("/settings/data?done=stayed");
      expect((await back.get("/settings/data?done=stayed")).body).toContain("Your account stays");
      expect((await back.post("/leaving", {})).status).toBe(302);
      mina.cookie = back.cookie;
    }
    expect(await stateOf(mina.id)).toEqual(before);
    expect((await send("/u/Mina")).status).toBe(200);
  },
);

test("a code by mail leads to the same page, and a strange browser is shown nothing there", async () => {
  const omar = await createPerson({ username: "omar" });
  await leaves(omar.id, "keep");
  expect((await send("/leaving")).body).toContain("This page is over");
  expect((await send("/leaving", { form: {} })).status).toBe(400);
  const browser = new TestBrowser();
  await browser.proveAddress(omar.email);
  expect((await browser.get("/leaving")).body).toContain("@omar");
});

test("after the days of grace nobody comes back in, also before the removal", async () => {
  const late = await createPerson({ username: "late-one" });
  await leaves(late.id, "keep");
  const browser = await signIn("late-one");
  await db.accountDeletion.update({ where: { userId: late.id }, data: { dueAt: new Date(Date.now() - 1) } });
  expect((await browser.get("/leaving")).body).toContain("This page is over");
  expect((await browser.post("/leaving", {})).status).toBe(400);
  expect(await removeDueAccounts()).toBe(1);
  const after = new TestBrowser();
  expect((await after.post("/sign-in", { identifier: "late-one", password: testPassword })).status).toBe(400);
  expect(await db.user.count({ where: { id: late.id } })).toBe(0);
});

test("an account is deleted by a fresh proof and a choice only", async () => {
  const { id, cookie } = await createPerson({ username: "stale" });
  expect((await send(path, { cookie, form: {} })).status).toBe(400);
  expect((await send(path, { cookie, form: { contributions: "sell" } })).status).toBe(400);
  await db.session.updateMany({ where: { userId: id }, data: { provedAt: new Date(Date.now() - 3_600_000) } });
  const answer = await send(path, { cookie, form: { contributions: "keep" } });
  expect(answer.headers.get("location")).toMatch(/^\/confirm/);
  expect(await db.accountDeletion.count({ where: { userId: id } })).toBe(0);
});

test("the last admin stays, and of two who leave at once one does", async () => {
  const iris = await db.user.findFirstOrThrow({ where: { username: "iris" } });
  await expect(leaves(iris.id, "keep")).rejects.toThrow("You are the only admin");
  expect(await db.session.count({ where: { userId: iris.id } })).toBe(1);
  const ada = await createPerson({ username: "ada", role: "admin" });
  const both = await Promise.allSettled([leaves(iris.id, "keep"), leaves(ada.id, "erase")]);
  expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  expect(await db.user.count({ where: { role: "admin" } })).toBe(1);
});

test("whoever was banned meanwhile stays banned", async () => {
  const person = await createPerson({ username: "banned-one" });
  await leaves(person.id, "keep");
  await banDirectly(person.id);
  const browser = await signIn("banned-one");
  await browser.post("/leaving", {});
  expect((await browser.get("/")).status).toBe(403);
});

test.each(["keep", "erase"] as const)(
  "whatever statement of leaving fails, nothing has happened: %s",
  async (choice) => {
    const person = await createPerson({ username: `fails-${choice}` });
    await publish(person);
    const before = [await stateOf(person.id), await db.session.findMany({ where: { userId: person.id } })];
    let failures = 0;
    for (let failing = 1; ; failing++) {
      const { status } = await send(path, {
        cookie: person.cookie,
        form: { contributions: choice },
        beforeStatement: failAt(failing),
      });
      if (status === 302) break;
      expect(status).toBe(500);
      expect([await stateOf(person.id), await db.session.findMany({ where: { userId: person.id } })]).toEqual(before);
      failures += 1;
    }
    expect(failures).toBeGreaterThan(12);
  },
);

test("whatever statement of changing one's mind fails, one may change it again", async () => {
  const person = await createPerson({ username: "wavers" });
  await publish(person);
  const before = await stateOf(person.id);
  await leaves(person.id, "erase");
  const left = await stateOf(person.id);
  const browser = await signIn("wavers");
  for (let failing = 1; ; failing++) {
    const { cookie } = browser;
    const { status } = await send("/leaving", { cookie, form: {}, beforeStatement: failAt(failing) });
    if (status === 302) break;
    expect(await stateOf(person.id)).toEqual(left);
  }
  expect(await stateOf(person.id)).toEqual(before);
});

test.each(["keep", "erase"] as const)(
  "whatever statement of the removal fails, the next one does it: %s",
  async (choice) => {
    const person = await createPerson({ username: `goes-${choice}` });
    const postId = await publish(person);
    await say(mina, postId, "Answered");
    await leaves(person.id, choice);
    const past = new Date(Date.now() - 1);
    await db.accountDeletion.update({ where: { userId: person.id }, data: { dueAt: past } });
    const left = await stateOf(person.id);
    let failures = 0;
    for (let failing = 0; ; failing++) {
      const scope = { id: "", clientAddress: "", statements: [], beforeStatement: failAt(failing) };
      if ((await withRequestScope(scope, () => removeDueAccounts().catch(() => 0))) === 1) break;
      expect(await stateOf(person.id), scope.statements.join("; ")).toEqual(left);
      failures += 1;
    }
    expect(failures).toBeGreaterThan(40);
  },
);

test("a removal and a change of mind at once: one of them wins wholly", async () => {
  for (let round = 0; round < 5; round++) {
    const person = await createPerson({ username: `races-${round}` });
    await leaves(person.id, "keep");
    const browser = await signIn(`races-${round}`);
    const soon = new Date(Date.now() + 20 * 86_400_000);
    const [, stayed] = await Promise.all([removeDueAccounts(soon).catch(() => 0), browser.post("/leaving", {})]);
    const user = await db.user.findUnique({ where: { id: person.id } });
    expect(user?.username ?? null).toBe(stayed.status === 302 ? person.username : null);
    await inTransaction((tx) => tx.user.deleteMany({ where: { id: person.id } }));
  }
});
