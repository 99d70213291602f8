import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type JoinAnswer, join, type Newcomer } from "#app/auth/join.server.ts";
import { hashPassword } from "#app/auth/password/passwords.server.ts";
import { countTraces, TestBrowser } from "#app/auth/test-browser.ts";
import { BrokenConnection, Terminator } from "#app/auth/test-faults.ts";
import {
  countEverything,
  type LastStep,
  startWaysToJoin,
  type WayToJoin,
  withMember,
} from "#app/auth/test-newcomers.ts";
import { db, type Transaction } from "#app/server/database.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";
import { send, type TestRequest } from "#app/server/test-request.ts";
import { findIlls } from "#scripts/doctor/test-doctor.ts";

const { ways, stop } = await startWaysToJoin();
let terminator: Terminator;

beforeAll(async () => {
  terminator = await Terminator.start();
});

afterAll(() => Promise.all([stop(), terminator.stop()]));

const rounds = 20;

describe.each(ways)("becoming somebody $way", (way) => {
  test(`leaves all or nothing in ${rounds} rounds in which the database ends the connection`, async () => {
    let newcomers = 0;
    const arrive = () => way.arrive(`${way.way.replace(/\W/g, "").slice(-8)}-${newcomers++}`);
    let step = await arrive();
    let before = await countEverything();

    // Before each statement in turn: nothing is left, and the next round serves with the same proof.
    let round = 0;
    for (; ; round += 1) {
      const strike = terminator.at(round, "before");
      const { status, cookie } = await take(step, strike.beforeStatement);
      if (!strike.happened) {
        expect(status).toBe(302);
        break;
      }
      await terminator.settle();
      expect([round, status, cookie]).toEqual([round, 503, ""]);
      expect(await countEverything()).toEqual(before);
    }
    expect(round).toBeGreaterThan(8);
    expect(await countEverything()).toEqual(withMember(before, way));
    const last = round - 1;

    // While the last of them are on their way, the COMMIT most of all: whether it still arrived is not known then.
    for (; round < rounds; round += 1) {
      if (await isTaken(step, before, way)) {
        step = await arrive();
        before = await countEverything();
      }
      const strike = terminator.at(last - (round % 3), (round % 4) / 2);
      const { status, cookie } = await take(step, strike.beforeStatement);
      await terminator.settle();
      expect([302, 503]).toContain(status);
      if (status === 503) expect(cookie).toBe("");
      if (status === 302) expect(await countEverything()).toEqual(withMember(before, way));
    }
    if (!(await isTaken(step, before, way))) expect((await take(step)).status).toBe(302);
    expect(await countEverything()).toEqual(withMember(before, way));
    expect(await findIlls()).toEqual([]);
  });
});

/** Whether the step made a member; then it is spent, and sending it again makes no other. */
async function isTaken(step: LastStep, before: Awaited<ReturnType<typeof countEverything>>, way: WayToJoin) {
  const now = await countEverything();
  if (now.users === before.users) {
    expect(now).toEqual(before);
    return false;
  }
  expect(now).toEqual(withMember(before, way));
  expect((await take(step)).status).toBeLessThan(500);
  expect(await countEverything()).toEqual(now);
  return true;
}

async function take({ path, cookie, form }: LastStep, beforeStatement?: TestRequest["beforeStatement"]) {
  await db.rateLimit.deleteMany();
  return send(path, { cookie, form, from: "198.19.1.2", beforeStatement });
}

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

async function newcomerWith(username: string): Promise<Newcomer> {
  const browser = new TestBrowser();
  await browser.proveAddress(`${username}@example.org`);
  const token = browser.cookies.get("stoa_join") ?? "";
  const facts = { ipAddress: browser.from, userAgent: "" };
  const passwordHash = await hashPassword("four quiet columns");
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
