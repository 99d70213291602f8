import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { sendRaw, TestBrowser } from "#app/auth/test-browser.ts";
import { untilSomebodyWaits } from "#app/auth/test-faults.ts";
import { createPerson, type Person, testPassword } from "#app/auth/test-people.ts";
import { db, inTransaction } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
beforeAll(async () => {
  mina = await createPerson({ username: "MinaS", email: "mina@example.org" });
});

// She signs in more often here than she may.
beforeEach(async () => {
  await db.rateLimit.deleteMany();
});

const right = { identifier: "MinaS", password: testPassword };

describe("signing in", () => {
  test.each(["MinaS", "minas", " MINAS ", "@minas", "mina@example.org", " Mina@EXAMPLE.org "])(
    "works with %j and the password",
    async (identifier) => {
      const browser = new TestBrowser();
      const answer = await browser.post("/sign-in", { identifier, password: testPassword });
      expect(answer.status).toBe(302);
      expect(answer.headers.get("Location")).toBe("/");
      expect((await browser.get("/")).body).toContain('data-viewer="MinaS"');
    },
  );

  test("gives a fresh token each time, in a cookie that no script and no other site can use", async () => {
    const [one, other] = [
      await new TestBrowser().post("/sign-in", right),
      await new TestBrowser().post("/sign-in", right),
    ];
    expect(one.cookie).not.toBe(other.cookie);
    expect(one.headers.getSetCookie()).toHaveLength(1);
    expect(one.headers.getSetCookie()[0]).toMatch(
      /^stoa_session=[^;]+; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    expect(one.headers.get("Cache-Control")).toBe("private, no-store");
  });

  test("is written down, with where it came from", async () => {
    const browser = new TestBrowser();
    await browser.post("/sign-in", right);
    const event = await db.auditEvent.findFirst({ where: { userId: mina.id, ipAddress: browser.from } });
    expect(event).toMatchObject({ kind: "signed-in", details: { proof: "password" } });
    expect(await db.session.count({ where: { userId: mina.id, ipAddress: browser.from } })).toBe(1);
  });

  test("brings a person back to the page that asked for it", async () => {
    const asked = await send("/admin/users?q=x");
    expect(asked.status).toBe(401);
    const link = /href="(\/sign-in\?redirectTo=[^"]+)"/.exec(asked.body)?.[1]?.replaceAll("&amp;", "&") ?? "";
    const page = await send(link);
    const redirectTo = /name="redirectTo" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
    expect(redirectTo).toBe("/admin/users?q=x");
    const answer = await new TestBrowser().post("/sign-in", { ...right, redirectTo });
    expect(answer.headers.get("Location")).toBe("/admin/users?q=x");
  });

  test.each(["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])(
    "leads nowhere else: %s",
    async (redirectTo) => {
      const page = await send(`/sign-in?redirectTo=${encodeURIComponent(redirectTo)}`);
      expect(page.body).toContain('name="redirectTo" value="/"');
      const answer = await new TestBrowser().post("/sign-in", { ...right, redirectTo });
      expect(answer.headers.get("Location")).toBe("/");
    },
  );
});

describe("a wrong password and an unknown person", () => {
  test("get the same answer, by as many statements", async () => {
    const wrong = await new TestBrowser().post("/sign-in", { identifier: "minas", password: "another password" });
    const unknown = await new TestBrowser().post("/sign-in", { identifier: "nobod", password: "another password" });
    expect(wrong.status).toBe(400);
    expect(unknown.status).toBe(400);
    expect(unknown.statements).toEqual(wrong.statements);
    expect(main(unknown.body).replaceAll("nobod", "minas")).toBe(main(wrong.body));
    expect(wrong.body).toContain("do not belong together");
    expect(wrong.body).toContain('role="alert"');
    for (const { headers, body } of [wrong, unknown]) {
      expect(headers.getSetCookie()).toEqual([]);
      expect(body).not.toContain("another password");
    }
  });

  test("are written down, without what was typed", async () => {
    const known = new TestBrowser();
    const unknown = new TestBrowser();
    await known.post("/sign-in", { identifier: "minas", password: "another password" });
    await unknown.post("/sign-in", { identifier: "nobody-at-all", password: "another password" });
    const eventOf = ({ from }: TestBrowser) => db.auditEvent.findFirstOrThrow({ where: { ipAddress: from } });
    expect(await eventOf(known)).toMatchObject({ kind: "sign-in-failed", userId: mina.id, actorId: null });
    expect(await eventOf(unknown)).toMatchObject({ kind: "sign-in-failed", userId: null });
    expect(JSON.stringify(await eventOf(unknown))).not.toMatch(/nobody-at-all|another/);
  });

  test("also somebody who has no password", async () => {
    const person = await createPerson({ username: "keyless" });
    await db.account.deleteMany({ where: { userId: person.id } });
    for (const password of ["another password", "x"]) {
      const { status } = await new TestBrowser().post("/sign-in", { identifier: "keyless", password });
      expect(status).toBe(400);
    }
  });

  test.each([
    "",
    "identifier=&password=",
    "identifier=minas&identifier=x&password=y",
    "identifier[startsWith]=m&password=y",
    "identifier.contains=m&password=y",
    "identifier=%00&password=%00",
    `identifier=${"x".repeat(100_000)}&password=y`,
    `identifier=minas&password=${"x".repeat(100_000)}`,
  ])("or a form that is none of ours are answered, not broken by: %s", async (body) => {
    expect(await sendRaw("/sign-in", { body: body.slice(0, 200_000) })).toBe(400);
  });

  test("or a body that is no form", async () => {
    const body = JSON.stringify(right);
    expect(await sendRaw("/sign-in", { body, contentType: "application/json" })).toBe(400);
    expect(await sendRaw("/sign-in", { body, contentType: "multipart/form-data; boundary=x" })).toBe(400);
  });
});

test("a password that is changed while it is checked opens nothing", async () => {
  const person = await createPerson({ username: "changing" });
  let answer: Promise<{ status: number; cookie: string }> | undefined;
  await inTransaction(async (tx) => {
    await tx.$queryRaw`select 1 from users where id = ${person.id}::uuid for no key update`;
    answer = new TestBrowser().post("/sign-in", { identifier: "changing", password: testPassword });
    await untilSomebodyWaits();
    await tx.account.updateMany({ where: { userId: person.id }, data: { password: "changed" } });
  });
  expect(await answer).toMatchObject({ status: 400, cookie: "" });
  expect(await db.session.count({ where: { userId: person.id } })).toBe(1);
});

describe("limits", () => {
  test("ten tries in a quarter of an hour for one person, from wherever", async () => {
    await createPerson({ username: "target", email: "target@example.org" });
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) {
      const identifier = n % 2 ? "Target@Example.org" : " target@example.org";
      const answer = await new TestBrowser().post("/sign-in", { identifier, password: "a guess" });
      statuses.push(answer.status);
      if (n === 10) expect(Number(answer.headers.get("Retry-After"))).toBeGreaterThan(0);
    }
    expect(statuses).toEqual([...Array(10).fill(400), 429]);
    // The right password does not tell itself apart then.
    const right = { identifier: "target@example.org", password: testPassword };
    expect((await new TestBrowser().post("/sign-in", right)).status).toBe(429);
    // And the limit does not tell whose address it is.
    const byName = await new TestBrowser().post("/sign-in", { identifier: "target", password: "a guess" });
    expect(byName.status).toBe(400);
  });

  test("the same for somebody who does not exist", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) {
      const form = { identifier: n % 2 ? "No-One" : "no-one", password: "a guess" };
      statuses.push((await new TestBrowser().post("/sign-in", form)).status);
    }
    expect(statuses).toEqual([...Array(10).fill(400), 429]);
  });

  test("thirty tries from one source, an IPv6 household being one", async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 31; n += 1) {
      const form = { identifier: `person-${n}`, password: "a guess" };
      statuses.add((await send("/sign-in", { form, from: `2001:db8:1:2::${n.toString(16)}` })).status);
    }
    expect([...statuses]).toEqual([400, 429]);
    const other = await send("/sign-in", { form: { identifier: "x", password: "y" }, from: "2001:db8:1:3::1" });
    expect(other.status).toBe(400);
  });
});

function main(body: string): string {
  return /<main[\s\S]*<\/main>/.exec(body)?.[0] ?? "";
}
