import { expect, test } from "vitest";
import { networkOf } from "#app/auth/network.server.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { recordAction } from "#app/moderation/moderation-log.server.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { eraseFromRegisters, shortenOldEvents } from "#app/register/erasure.server.ts";
import { sealRegisters } from "#app/register/seals.server.ts";
import { check } from "#app/register/test-registers.ts";
import { db, inTransaction } from "#app/server/database.server.ts";

const firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

async function happened(daysAgo: number, ipAddress: string): Promise<string> {
  const { id } = await db.auditEvent.create({
    data: {
      kind: "signed-in",
      ipAddress,
      userAgent: firefox,
      createdAt: new Date(Date.now() - daysAgo * 86_400_000),
    },
    select: { id: true },
  });
  return id;
}

test("after 90 days an address is its network and the browser is forgotten, and the chain stays whole", async () => {
  const old = await happened(91, "203.0.113.77");
  const old6 = await happened(400, "2001:db8:1:2::3");
  const odd = await happened(91, "unknown");
  const young = await happened(89, "203.0.113.77");
  await sealRegisters("all");
  expect(await shortenOldEvents()).toBe(3);
  expect(await shortenOldEvents()).toBe(0);
  const stands = async (id: string) => {
    const { ipAddress, userAgent } = await db.auditEvent.findUniqueOrThrow({ where: { id } });
    return [ipAddress, userAgent];
  };
  expect(await stands(old)).toEqual(["203.0.113.0/24", null]);
  expect(await stands(old6)).toEqual(["2001:db8:1::/48", null]);
  expect(await stands(odd)).toEqual([null, null]);
  expect(await stands(young)).toEqual(["203.0.113.77", firefox]);
  expect(await check("audit_events")).toMatchObject({ sealed: 4, problems: [] });
});

test("a shortened address says no more than it does: nothing in the row tells the whole one", async () => {
  const id = await happened(91, "203.0.113.78");
  const { salts: before } = await db.auditEvent.findUniqueOrThrow({ where: { id } });
  await shortenOldEvents();
  const { salts } = await db.auditEvent.findUniqueOrThrow({ where: { id } });
  expect(Object.keys(before as object).sort()).toEqual(["ip_address", "network", "user_agent"]);
  expect(Object.keys(salts as object)).toEqual(["network"]);
});

const addresses = [
  "203.0.113.77",
  "10.0.0.1",
  "::ffff:198.51.100.4",
  "::FFFF:198.51.100.4",
  "2001:db8:1:2::3",
  "2001:0DB8:00a0:2::3",
  "::1",
  "2001:db8::1",
  "2001:0:1::1",
  "0:0:1::1",
  "2001:db8:10::1",
  "fe80::1",
  "fe80::1%eth0",
  "203.0.113.0/24",
  "2001:db8:1::/48",
  "::/48",
  "unknown",
  "",
  "1.2.3",
  "999.1.1.1",
];

test.each(addresses)("the database and the site shorten an address alike: %s", async (address) => {
  const [row] = await db.$queryRaw<{ network: string | null }[]>`select network_of(${address}) as network`;
  expect(row?.network).toBe(networkOf(address));
});

test("of a person who has gone nothing is left in the registers that names them, and the chains stay whole", async () => {
  const mina = await createPerson({ username: "mina-kessler", name: "Mina Kessler" });
  const omar = await createPerson({ username: "omar", role: "moderator" });
  const facts = { ipAddress: "203.0.113.9", userAgent: firefox };
  const details = { proof: "code", personal: { from: mina.email } };
  await recordEvent(db, "signed-in", { userId: mina.id, actorId: mina.id, ...facts, details });
  await recordEvent(db, "signed-in", { userId: omar.id, actorId: omar.id, ...facts });
  const act = { kind: "unban", moderator: omar, subject: mina } as const;
  await recordAction(db, { ...act, reason: "Mina Kessler said sorry" });
  await recordAction(db, { ...act, reason: "It was spam" });
  await sealRegisters("all");

  await inTransaction((tx) => eraseFromRegisters(tx, mina.id));
  const [event] = await db.auditEvent.findMany({ where: { userId: mina.id } });
  expect(event).toMatchObject({ kind: "signed-in", ipAddress: null, userAgent: null, details: { proof: "code" } });
  const actions = await db.moderationAction.findMany({ where: { subjectUserId: mina.id }, orderBy: { id: "asc" } });
  expect(actions).toMatchObject([
    { subjectUsername: null, moderatorUsername: "omar", reason: "" },
    { subjectUsername: null, moderatorUsername: "omar", reason: "It was spam" },
  ]);
  expect(JSON.stringify([event, actions])).not.toMatch(/mina|203\.0\.113/i);
  expect(await db.auditEvent.count({ where: { userId: omar.id, ...facts } })).toBe(1);

  await inTransaction((tx) => eraseFromRegisters(tx, omar.id));
  expect(await db.moderationAction.count({ where: { moderatorUsername: "" } })).toBe(2);
  expect((await check("audit_events")).problems).toEqual([]);
  expect((await check("moderation_actions")).problems).toEqual([]);
});

const changes = [
  "kind = 'joined'",
  "ip_address = '198.51.100.1'",
  "ip_address = null",
  "salts = '{}'",
  "salts = salts - 'ip_address'",
  "salts = salts - 'network'",
  "ip_address = '203.0.113.0/24'",
  "ip_address = '198.51.100.0/24', salts = salts - 'ip_address'",
  "ip_address = null, salts = salts - 'ip_address'",
  'user_agent = null, salts = salts || \'{"user_agent": "x"}\'',
  "user_agent = null, salts = salts - 'user_agent' || '{\"other\": \"x\"}'",
  "details = details - 'proof'",
  "details = details - 'personal'",
  `details = details || '{"personal": {}}', salts = salts - 'personal'`,
  "commitments = '{}'",
  "created_at = now()",
  "user_agent = null, salts = salts - 'user_agent', kind = 'joined'",
];

test.each(changes)("the database refuses every change but proper erasing: %s", async (change) => {
  const details = { proof: "code", personal: { from: "a@example.org" } };
  await recordEvent(db, "signed-in", { userId: null, ipAddress: "203.0.113.9", userAgent: firefox, details });
  const events = await db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
  const change1 = db.$executeRawUnsafe(`update audit_events set ${change} where id = $1::uuid`, events[0]?.id);
  await expect(change1).rejects.toThrow();
  expect(await db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 })).toEqual(events);
});

test("what was erased cannot be put back, and no row can be deleted", async () => {
  const id = await happened(91, "203.0.113.5");
  await shortenOldEvents();
  const put = (change: string) => db.$executeRawUnsafe(`update audit_events set ${change} where id = $1::uuid`, id);
  await expect(put("ip_address = '203.0.113.5'")).rejects.toThrow();
  await expect(put("user_agent = 'Firefox'")).rejects.toThrow();
  await expect(put(`user_agent = 'Firefox', salts = salts || '{"user_agent": "x"}'`)).rejects.toThrow();
  await expect(db.auditEvent.delete({ where: { id } })).rejects.toThrow();
  await expect(db.$executeRaw`truncate audit_events`).rejects.toThrow();
  await expect(db.$executeRaw`truncate register_seals`).rejects.toThrow();
  expect(await put("ip_address = null, salts = '{}'")).toBe(1);
});
