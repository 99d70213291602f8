import { readFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { recordAction, systemActor } from "#app/moderation/moderation-log.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { hashOfLink, macOf } from "#app/register/seal.server.ts";
import { RegisterBroken, sealRegisters } from "#app/register/seals.server.ts";
import { atPsql, check } from "#app/register/test-registers.ts";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";

let rows: string[];

beforeEach(async () => {
  for (let n = 1; n <= 6; n++) await signIn(n);
  await sealRegisters();
  rows = await sealedRows();
});

// Each test breaks the chain: the next one begins with a new one.
afterEach(async () => {
  for (const table of ["audit_events", "moderation_actions", "register_seals", "register_heads"]) {
    await atPsql(`delete from ${table} returning 1`).catch(() => undefined);
  }
  settings().dataDir = path.join(settings().dataDir, "next");
});

function signIn(n: number) {
  return recordEvent(db, "signed-in", {
    userId: null,
    ipAddress: `203.0.113.${n}`,
    userAgent: "Firefox",
    details: { proof: "password", personal: { email: `mina${n}@example.org` } },
  });
}

async function sealedRows(): Promise<string[]> {
  const seals = await db.registerSeal.findMany({ where: { register: "audit_events" }, orderBy: { position: "asc" } });
  return seals.map(({ rowId }) => rowId);
}

test("an untouched register is whole, and what was added since waits for its seal", async () => {
  expect(await check("audit_events")).toMatchObject({ sealed: 6, unsealed: 0, problems: [], head: { position: 6 } });
  await signIn(7);
  expect(await check("audit_events")).toMatchObject({ sealed: 6, unsealed: 1, problems: [] });
  await sealRegisters();
  expect(await check("audit_events")).toMatchObject({ sealed: 7, unsealed: 0, problems: [] });
});

test("acts of moderation are sealed in a chain of their own", async () => {
  const subject = { id: "0190a2b4-0000-7000-8000-000000000001", username: "mina" };
  await recordAction(db, { kind: "unban", moderator: systemActor, subject, reason: "It was the wrong one" });
  await sealRegisters();
  expect(await check("moderation_actions")).toMatchObject({ sealed: 1, problems: [], head: { position: 1 } });
  await atPsql("update moderation_actions set reason = 'They asked nicely'");
  const [action] = await db.moderationAction.findMany();
  expect((await check("moderation_actions")).problems).toEqual([
    { rowId: action?.id, position: 1, what: "was altered: reason" },
  ]);
});

const alterations = [
  ["its kind", "kind = 'joined'", "was altered"],
  ["whose it is", "user_id = gen_random_uuid()", "was altered"],
  ["its time", "created_at = created_at - interval '1 ms'", "was altered"],
  ["its details", `details = jsonb_set(details, '{proof}', '"passkey"')`, "was altered"],
  ["its commitments", "commitments = '{}'", "was altered"],
  ["its address", "ip_address = '198.51.100.9'", "was altered: ip_address"],
  ["its browser", "user_agent = 'Chrome'", "was altered: user_agent"],
  ["a name in it", `details = jsonb_set(details, '{personal,email}', '"x@example.org"')`, "was altered: personal"],
  ["a part taken away with its salt left", "user_agent = null", "was altered: user_agent"],
  ["a salt taken away with its part left", "salts = salts - 'user_agent'", "was altered: user_agent"],
  [
    "its salts",
    `salts = '{"ip_address": "x", "user_agent": "y", "personal": "z"}'`,
    "was altered: ip_address, user_agent, personal",
  ],
];

test.each(alterations)("an event whose row was altered is named: %s", async (_, change, what) => {
  await atPsql(`update audit_events set ${change} where id = $1`, [rows[2]]);
  expect((await check("audit_events")).problems).toEqual([{ rowId: rows[2], position: 3, what }]);
});

test("an event that was taken out of the middle is named", async () => {
  await atPsql("delete from audit_events where id = $1", [rows[3]]);
  expect((await check("audit_events")).problems).toEqual([{ rowId: rows[3], position: 4, what: "was taken away" }]);
});

test("an event that was taken away together with its seal leaves a gap", async () => {
  await atPsql("delete from audit_events where id = $1", [rows[3]]);
  await atPsql("delete from register_seals where row_id = $1", [rows[3]]);
  expect((await check("audit_events")).problems).toEqual([
    { rowId: null, position: 4, what: "its seal was taken away" },
  ]);
});

test("two events that changed places are both named", async () => {
  const swap = "update register_seals set row_id = $2 where row_id = $1";
  const aside = "0190a2b4-0000-7000-8000-00000000ffff";
  await atPsql(swap, [rows[1], aside]);
  await atPsql(swap, [rows[4], rows[1]]);
  await atPsql(swap, [aside, rows[4]]);
  expect((await check("audit_events")).problems).toMatchObject([
    { position: 2, what: "was altered" },
    { position: 5, what: "was altered" },
  ]);
});

const cutTheEnd = async () => {
  await atPsql("delete from audit_events where id = any($1::uuid[])", [rows.slice(4)]);
  await atPsql("delete from register_seals where row_id = any($1::uuid[])", [rows.slice(4)]);
};

test("an end that was cut off is found, and nothing is sealed on top of it", async () => {
  await cutTheEnd();
  const problem = { rowId: null, position: 4, what: "the last 2 were taken away with their seals" };
  expect((await check("audit_events")).problems).toEqual([problem]);
  await signIn(8);
  await expect(sealRegisters()).rejects.toThrow(RegisterBroken);
  expect((await check("audit_events")).problems).toEqual([problem]);
});

test("an end that was cut off with the note of where it was is found too", async () => {
  await cutTheEnd();
  await atPsql("delete from register_heads");
  expect((await check("audit_events")).problems).toMatchObject([
    { what: "nothing says where the chain ends: that was taken away" },
  ]);
  await signIn(8);
  await expect(sealRegisters()).rejects.toThrow(RegisterBroken);
});

test("a database that was set back to an earlier state is found by the end that DATA_DIR keeps", async () => {
  const [head] = await db.registerHead.findMany();
  const file = path.join(settings().dataDir, "register-heads.json");
  await signIn(7);
  await sealRegisters();
  const kept = JSON.parse(await readFile(file, "utf8"));
  expect(kept).toMatchObject({ audit_events: { position: 7 } });
  await atPsql("delete from audit_events where id = (select row_id from register_seals where position = 7)");
  await atPsql("delete from register_seals where position = 7");
  await atPsql("update register_heads set position = 6, hash = $1, mac = $2", [head?.hash, head?.mac]);
  expect((await check("audit_events")).problems).toEqual([]);
  const found = {
    rowId: null,
    position: 7,
    what: "the chain went this far once, says register-heads.json, and ends at 6 now",
  };
  expect((await check("audit_events", { knownHeads: [kept.audit_events] })).problems).toEqual([found]);

  await signIn(8);
  await signIn(9);
  await sealRegisters();
  expect(JSON.parse(await readFile(file, "utf8"))).toEqual(kept);
  expect((await check("audit_events", { knownHeads: [kept.audit_events] })).problems).toMatchObject([
    { position: 7, what: "was sealed anew since its hash was kept" },
  ]);
});

test("whoever seals anew what they altered needs the site's secret", async () => {
  await atPsql("update audit_events set kind = 'joined' where id = $1", [rows[2]]);
  const seals = await db.registerSeal.findMany({ orderBy: { position: "asc" } });
  let previousHash = seals[1]?.hash ?? "";
  for (const { rowId, position, sealedAt } of seals.slice(2)) {
    const [row] = await db.$queryRaw<{ entry: Record<string, unknown> }[]>`
      select to_jsonb(a) as entry from audit_events a where id = ${rowId}::uuid`;
    const link = {
      register: "audit_events",
      position: Number(position),
      previousHash,
      entry: row?.entry ?? {},
    } as const;
    const hash = hashOfLink({ ...link, sealedAt: sealedAt.toISOString() });
    const mac = macOf("seal", { ...link, hash }, "another secret");
    await atPsql("update register_seals set hash = $2, mac = $3 where row_id = $1", [rowId, hash, mac]);
    previousHash = hash;
  }
  const what = "was sealed by somebody who does not know this AUTH_SECRET";
  expect((await check("audit_events")).problems).toMatchObject([
    ...[3, 4, 5, 6].map((position) => ({ rowId: rows[position - 1], position, what })),
    { position: 6, what: "the chain ends elsewhere" },
  ]);
});

test("after a change of the secret the former one still vouches for its seals", async () => {
  const former = settings().authSecret;
  Object.assign(settings(), { authSecret: "zyxwvutsrqponmlkjihgfedcba9876543210" });
  try {
    await signIn(7);
    await expect(sealRegisters()).rejects.toThrow(/not sealed with this AUTH_SECRET/);
    Object.assign(settings(), { formerSecrets: [former] });
    await sealRegisters();
    expect((await check("audit_events", { secrets: [settings().authSecret, former] })).problems).toEqual([]);
    expect((await check("audit_events")).problems).toHaveLength(6);
  } finally {
    Object.assign(settings(), { authSecret: former, formerSecrets: [] });
  }
});

test("what was given an earlier time is sealed by the daily look at everything", async () => {
  await db.auditEvent.create({ data: { kind: "joined", createdAt: new Date("2020-01-01") } });
  await sealRegisters();
  expect((await check("audit_events")).problems).toMatchObject([{ what: "has had no seal for more than an hour" }]);
  await sealRegisters("all");
  expect(await check("audit_events")).toMatchObject({ sealed: 7, problems: [] });
});

test("processes that seal at once make one chain", async () => {
  for (let n = 1; n <= 20; n++) await signIn(n);
  await Promise.all([sealRegisters(), sealRegisters(), sealRegisters("all"), sealRegisters()]);
  expect(await check("audit_events")).toMatchObject({ sealed: 26, problems: [] });
});

test("whatever statement of sealing fails, the chain is whole and the next sealing completes it", async () => {
  await signIn(7);
  let failures = 0;
  for (let failing = 0; ; failing++) {
    let failed = false;
    const beforeStatement = (text: string, index: number) => {
      if (failed || index !== failing || text === "COMMIT") return;
      failed = true;
      throw new Error("the connection broke");
    };
    const scope = { id: "", clientAddress: "", statements: [], beforeStatement };
    await withRequestScope(scope, () => sealRegisters().catch(() => undefined));
    expect((await check("audit_events")).problems, scope.statements.join("; ")).toEqual([]);
    if (!failed) break;
    failures += 1;
  }
  expect(failures).toBeGreaterThan(8);
  expect(await check("audit_events")).toMatchObject({ sealed: 7, unsealed: 0 });
});
