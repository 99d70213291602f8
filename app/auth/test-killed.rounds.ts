import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { countEverything, type LastStep, startWaysToJoin, withMember } from "#app/auth/test-newcomers.ts";
import type { Death } from "#app/auth/test-victim.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { findIlls } from "#scripts/doctor/test-doctor.ts";

/*
 * Becoming somebody while the process is killed, as by a power cut: from the COMMIT backwards, before each statement is
 * sent and just after. Every round starts a process, so that it is run by hand:
 * KILL_ROUNDS=20 npx vitest run app/auth/test-killed.rounds.ts
 */

const { ways, stop } = await startWaysToJoin();
const rounds = Number(process.env.KILL_ROUNDS);

afterAll(stop);

describe.each(ways)("becoming somebody $way while the site is killed", (way) => {
  const name = way.way.replace(/\W/g, "").slice(-8);

  test(
    "leaves all or nothing, and the same proof still serves or is spent",
    async () => {
      const statements = Number(await victimOf(await way.arrive(`${name}-whole`), { atStatement: -1, when: "before" }));
      expect(statements).toBeGreaterThan(8);
      const found = { nothing: 0, all: 0 };
      let step = await way.arrive(`${name}-0`);
      let before = await countEverything();
      for (let round = 0; round < rounds; round += 1) {
        const atStatement = (statements - 1 - Math.floor(round / 2) + statements) % statements;
        expect(await victimOf(step, { atStatement, when: round % 2 === 0 ? "before" : round % 5 })).toBe("SIGKILL");
        await untilNobodyWorks();
        const now = await countEverything();
        if (now.users === before.users) {
          expect(now).toEqual(before);
          found.nothing += 1;
          continue;
        }
        expect(now).toEqual(withMember(before, way));
        found.all += 1;
        expect((await take(step)).status).toBeLessThan(500);
        expect(await countEverything()).toEqual(now);
        step = await way.arrive(`${name}-${round + 1}`);
        before = await countEverything();
      }
      expect((await take(step)).status).toBe(302);
      expect(await countEverything()).toEqual(withMember(before, way));
      expect(await findIlls()).toEqual([]);
      expect(found.nothing).toBeGreaterThan(0);
      process.stdout.write(`${way.way}, ${statements} statements: ${JSON.stringify(found)}\n`);
    },
    20_000 + rounds * 10_000,
  );
});

async function take({ path, cookie, form }: LastStep) {
  await db.rateLimit.deleteMany();
  return send(path, { cookie, form, from: "198.19.1.4" });
}

/** Lets a process take the step. @returns the signal that it died of, or what it said */
async function victimOf(step: LastStep, death: Death): Promise<string> {
  const child = spawn(process.execPath, [fileURLToPath(new URL("test-victim.ts", import.meta.url))]);
  const ended = new Promise<string | null>((resolve) => child.once("exit", (_, signal) => resolve(signal)));
  child.stdin.end(JSON.stringify({ ...step, ...death }));
  const [signal, said, complaints] = await Promise.all([ended, text(child.stdout), text(child.stderr)]);
  return signal ?? (said || complaints);
}

/** Waits until PostgreSQL has seen that the other side is gone. */
async function untilNobodyWorks(): Promise<void> {
  for (let working = 1n; working > 0n; await pause(5)) {
    const [found] = await db.$queryRaw<{ working: bigint }[]>`
      select count(*) as working from pg_stat_activity
       where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' and application_name = 'stoa'`;
    working = found?.working ?? 0n;
  }
}
