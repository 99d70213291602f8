import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import { type JoinAnswer, join, type Newcomer } from "#app/auth/join.server.ts";
import { hashPassword } from "#app/auth/password/passwords.server.ts";
import { countTraces, TestBrowser } from "#app/auth/test-browser.ts";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { db, type Transaction } from "#app/server/database.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";
import { send } from "#app/server/test-request.ts";

const password = "four quiet columns";

async function proved(email: string): Promise<TestBrowser> {
  const browser = new TestBrowser();
  await browser.proveAddress(email);
  return browser;
}

describe("a connection that breaks at any statement of the last step", () => {
  test("leaves nothing, and the same proof still serves", async () => {
    const browser = await proved("broken@example.org");
    const before = await countTraces();
    let breaks = 0;
    for (; ; breaks += 1) {
      const fault = new BrokenConnection(breaks);
      const { status, cookie } = await send("/join/profile", {
        cookie: browser.cookie,
        from: "198.19.1.2",
        form: { username: "broken", name: "Broken", password },
        beforeStatement: fault.beforeStatement,
      });
      await fault.settle();
      if (!fault.happened) {
        expect(status).toBe(302);
        break;
      }
      expect(status).toBe(500);
      expect(cookie).toBe("");
      expect(await countTraces()).toEqual(before);
      await db.rateLimit.deleteMany();
    }
    expect(breaks).toBe(11);
    expect(await countTraces()).toEqual({
      users: before.users + 1,
      accounts: before.accounts + 1,
      sessions: before.sessions + 1,
      auditEvents: before.auditEvents + 1,
      mails: before.mails + 1,
      usedProofs: before.usedProofs + 1,
    });
  });

  test("would leave a half account without the transaction", async () => {
    const withoutTransaction = <T>(work: (tx: Transaction) => Promise<T>) => work(db);
    const leftBehind: string[] = [];
    for (let n = 0; ; n += 1) {
      const newcomer = await newcomerWith(`half-${n}`);
      const before = await countTraces();
      const fault = new BrokenConnection(n);
      await joinWith(fault, newcomer, withoutTransaction);
      if (!fault.happened) break;
      const after = await countTraces();
      if (after.users !== before.users && after.sessions === before.sessions) leftBehind.push(newcomer.username);
    }
    expect(leftBehind.length).toBeGreaterThan(0);
  });
});

async function newcomerWith(username: string): Promise<Newcomer> {
  const browser = await proved(`${username}@example.org`);
  const token = browser.cookies.get("stoa_join") ?? "";
  const facts = { ipAddress: browser.from, userAgent: "" };
  const passwordHash = await hashPassword(password);
  return { token, username, name: username, wayIn: { passwordHash }, browser: { facts, device: null, trust: null } };
}

function joinWith(
  { beforeStatement }: BrokenConnection,
  newcomer: Newcomer,
  transact: <T>(work: (tx: Transaction) => Promise<T>) => Promise<T>,
): Promise<JoinAnswer | null> {
  const scope = { id: randomUUID(), clientAddress: "198.19.1.3", statements: [], beforeStatement };
  return withRequestScope(scope, () => join(newcomer, { transact }).catch(() => null));
}
