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
    expect(one.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^stoa_session=[^;]+; Max-Age=7776000; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^stoa_device=[^;]+; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/),
      expect.stringMatching(/^stoa_last_way=password; Max-Age=31536000; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
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
  const guess = (identifier: string, browser = new TestBrowser()) =>
    browser.post("/sign-in", { identifier, password: "a guess" });

  /** Guesses from many sources, as many as pass at once. */
  async function exhaust(identifier: string): Promise<void> {
    for (let n = 0; n < 40; n += 1) expect((await guess(identifier)).status).toBe(400);
  }

  test.each(["target", "target@example.org", "nobody-here", "nobody@example.org"])(
    "ten tries in a quarter of an hour from one source, for %s",
    async (identifier) => {
      if (!(await db.user.count({ where: { usernameKey: "target" } }))) await createPerson({ username: "target" });
      const stranger = new TestBrowser();
      for (let n = 0; n < 10; n += 1)
        expect((await guess(n % 2 ? identifier : ` ${identifier}`, stranger)).status).toBe(400);
      const last = await guess(identifier, stranger);
      expect(last.status).toBe(429);
      expect(Number(last.headers.get("Retry-After"))).toBeGreaterThan(600);
      // From anywhere else the right person comes in.
      expect((await guess(identifier)).status).toBe(400);
      if (!identifier.startsWith("target")) return;
      const right = { identifier, password: testPassword };
      expect((await new TestBrowser().post("/sign-in", right)).status).toBe(302);
      // The right password does not tell itself apart where the tries are used up.
      expect((await stranger.post("/sign-in", right)).status).toBe(429);
    },
  );

  test("nobody learns by a limit whose address it is: tries at a name do not count for it", async () => {
    await createPerson({ username: "linked", email: "linked@example.org" });
    await exhaust("linked");
    await guess("linked");
    expect((await guess("linked")).status).toBe(429);
    const [hers, nobodys] = [await guess("linked@example.org"), await guess("unlinked@example.org")];
    expect([hers.status, nobodys.status]).toEqual([400, 400]);
    expect(hers.statements).toEqual(nobodys.statements);
  });

  test.each(["flooded", "nobody-flooded"])("many sources only slow each other down, for %s", async (identifier) => {
    if (identifier === "flooded") await createPerson({ username: "flooded" });
    await exhaust(identifier);
    const waits: number[] = [];
    for (let n = 0; n < 12; n += 1) {
      const answer = await guess(identifier);
      if (answer.status === 429) waits.push(Number(answer.headers.get("Retry-After")));
      else
        await db.rateLimit.updateMany({ where: { key: { contains: "gate" } }, data: { expire: Date.now() + 30_000 } });
    }
    expect(waits.length).toBeGreaterThanOrEqual(11);
    for (const wait of waits) expect(wait).toBeLessThanOrEqual(30);
    // The wait is over: one passes, and the next one waits half a minute.
    await db.rateLimit.updateMany({ where: { key: { contains: "gate" } }, data: { expire: Date.now() - 1 } });
    expect((await guess(identifier)).status).toBe(400);
    const [gate] = await db.rateLimit.findMany({ where: { key: { contains: "gate" } } });
    expect(Number(gate?.expire) - Date.now()).toBeGreaterThan(20_000);
    expect((await guess(identifier)).status).toBe(429);
  });

  test("a refusal for the sake of others costs none of one's own tries", async () => {
    await exhaust("patient");
    await guess("patient");
    const browser = new TestBrowser();
    for (let n = 0; n < 12; n += 1) expect((await guess("patient", browser)).status).toBe(429);
    await db.rateLimit.updateMany({ where: { key: { contains: "gate" } }, data: { expire: Date.now() - 1 } });
    expect((await guess("patient", browser)).status).toBe(400);
  });

  test("a browser that has come in before does so again, whatever strangers and neighbours do", async () => {
    const owner = await createPerson({ username: "owner" });
    const browser = new TestBrowser();
    await browser.post("/sign-in", { identifier: "owner", password: testPassword });
    await browser.post("/sign-out", {});
    await exhaust("owner");
    for (let n = 0; n < 31; n += 1) await guess(n % 2 ? "owner" : owner.email, new TestBrowser(browser.from));
    expect((await guess("owner", new TestBrowser(browser.from))).status).toBe(429);
    for (const identifier of ["owner", owner.email]) {
      expect((await browser.post("/sign-in", { identifier, password: testPassword })).status).toBe(302);
      await browser.post("/sign-out", {});
    }
    // Its own wrong tries are counted too.
    const statuses = new Set<number>();
    for (let n = 0; n < 20; n += 1) statuses.add((await guess("owner", browser)).status);
    expect([...statuses]).toEqual([400, 429]);
  });

  test("a device is one person's, and nobody makes one up", async () => {
    await createPerson({ username: "device-owner" });
    const eve = await createPerson({ username: "device-eve" });
    const browser = new TestBrowser();
    await browser.post("/sign-in", { identifier: eve.username, password: testPassword });
    await browser.post("/sign-out", {});
    const device = browser.cookies.get("stoa_device") ?? "";
    const [id = "", issued = "", signature = ""] = device.split(".");
    await exhaust("device-owner");
    await guess("device-owner");
    for (const value of [
      device,
      `${id}.${issued}`,
      `${id}.${Number(issued) + 1}.${signature}`,
      "x",
      "",
      "%",
      "x".repeat(9000),
    ]) {
      browser.cookies.set("stoa_device", value);
      expect([value, (await guess("device-owner", browser)).status]).toEqual([value, 429]);
    }
  });

  test("signing in gives the try back", async () => {
    await createPerson({ username: "often" });
    const from = new TestBrowser().from;
    for (let n = 0; n < 15; n += 1) {
      const form = { identifier: "often", password: testPassword };
      expect((await send("/sign-in", { form, from })).status).toBe(302);
    }
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
