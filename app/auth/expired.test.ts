import { expect, test } from "vitest";
import { collectExpired } from "#app/auth/expired.server.ts";
import { createSetupLink } from "#app/auth/setup.server.ts";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, createSession } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";

test("what has had its time is cleared away, and nothing else", async () => {
  const { id, cookie } = await createPerson({ username: "keeps" });
  await createSession(id);
  const past = { expiresAt: new Date(Date.now() - 1000) };
  const [former] = await db.session.findMany({ where: { userId: id }, orderBy: { createdAt: "desc" } });
  await db.session.update({ where: { id: former?.id ?? "" }, data: past });
  const browser = new TestBrowser();
  await browser.post("/join", { email: "late@example.org" });
  await db.emailProof.updateMany({ data: past });
  await new TestBrowser().post("/join", { email: "in-time@example.org" });
  await createSetupLink();
  for (const expiresAt of [past.expiresAt, new Date(Date.now() + 60_000)]) {
    await db.ceremony.create({ data: { tokenHash: String(+expiresAt), kind: "provider-newcomer", expiresAt } });
  }
  await db.rateLimit.create({ data: { key: "old", points: 3, expire: Date.now() - 1000 } });

  await collectExpired();
  await collectExpired();
  expect(await db.session.count({ where: { userId: id } })).toBe(1);
  expect((await db.emailProof.findMany()).map(({ email }) => email)).toEqual(["in-time@example.org"]);
  expect(await db.setupToken.count()).toBe(1);
  expect(await db.ceremony.count()).toBe(1);
  expect(await db.rateLimit.count({ where: { key: "old" } })).toBe(0);
  expect(await db.rateLimit.count()).toBeGreaterThan(0);
  expect(cookie).toContain("stoa_session");
});
