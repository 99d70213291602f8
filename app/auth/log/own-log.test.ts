import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1";

let mina: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  omar = await createPerson({ username: "omar", role: "moderator" });
});

function happened(kind: string, minutesAgo: number, actorId: string | null = mina.id) {
  const createdAt = new Date(Date.UTC(2026, 0, 1) - minutesAgo * 60_000);
  const facts = { ipAddress: "203.0.113.77", userAgent: phone };
  return { kind, actorId, userId: mina.id, createdAt, ...facts };
}

function seen(body: string): string[] {
  const list = /<ul class="log-list">.*?<\/ul>/s.exec(body)?.[0] ?? "";
  return [...list.matchAll(/<p class="log-what">(.*?)<\/p>/g)].map((match) => match[1] ?? "");
}

test("somebody reads what happened to their account, page by page, and only to theirs", async () => {
  await db.auditEvent.createMany({
    // Many at the same moment: no page repeats one or leaves one out.
    data: Array.from({ length: 70 }, (_, n) => happened(`event-${n}`, Math.floor(n / 20))),
  });
  await db.auditEvent.create({ data: { ...happened("not-for-her", 0, omar.id), userId: omar.id } });
  const read: string[] = [];
  let pages = 0;
  for (let path = "/settings/security/log"; path; pages += 1) {
    const { body, statements } = await send(path, { cookie: mina.cookie });
    expect(statements).toHaveLength(2);
    read.push(...seen(body));
    path = /rel="next"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="next"/.exec(body)?.slice(1).find(Boolean) ?? "";
  }
  expect(pages).toBe(3);
  expect(new Set(read)).toEqual(new Set(Array.from({ length: 70 }, (_, n) => `event ${n}`)));
  expect(read).toHaveLength(70);
});

test("the device and the network are there, the whole address is not", async () => {
  await db.auditEvent.create({ data: { ...happened("signed-in", 0), createdAt: new Date() } });
  const { body } = await send("/settings/security", { cookie: mina.cookie });
  expect(seen(body)).toHaveLength(5);
  expect(body).toContain("Safari on iPhone · 203.0.113.0/24");
  expect(body).not.toContain("203.0.113.77");
});

test("where somebody else acted, neither their device nor their network is shown", async () => {
  const { id, cookie } = await createPerson({ username: "tove" });
  await db.auditEvent.create({ data: { ...happened("role-changed", 0, omar.id), userId: id } });
  const { body } = await send("/settings/security/log", { cookie });
  expect(seen(body)).toEqual(["Your role was changed"]);
  expect(body).toContain("by somebody who runs this site");
  expect(body).not.toMatch(/iPhone|203\.0\.113/);
});

test("a place in the log that is none is its beginning", async () => {
  for (const after of ["x", "mk0-1", `zzz-${"0".repeat(36)}`, "'; drop table"]) {
    const path = `/settings/security/log?after=${encodeURIComponent(after)}`;
    expect((await send(path, { cookie: mina.cookie })).status).toBe(200);
  }
});
