import { describe, expect, test } from "vitest";
import { makeCode, proveByCode } from "#app/auth/code-strategy.server.ts";
import { lastCodeFor, listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

describe("a code", () => {
  test("works once", async () => {
    const browser = new TestBrowser();
    await browser.post("/join", { email: "once@example.org" });
    const code = await lastCodeFor("once@example.org");
    const before = new Map(browser.cookies);
    expect((await browser.post("/join/code", { code })).headers.get("Location")).toBe("/join/profile");
    browser.cookies = before;
    expect((await browser.post("/join/code", { code })).status).toBe(400);
  });

  test("works once also when it is sent twenty times at the same moment", async () => {
    const known = await createPerson({ username: "parallel" });
    for (const email of ["parallel-newcomer@example.org", known.email]) {
      const browser = new TestBrowser();
      await browser.post("/join", { email });
      const code = await lastCodeFor(email);
      const { cookie, from } = browser;
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => send("/join/code", { cookie, from, form: { code } })),
      );
      expect(answers.filter(({ status }) => status === 302)).toHaveLength(1);
      expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
      expect(await db.emailProof.count({ where: { email, provedAt: { not: null } } })).toBe(1);
    }
    expect(await db.session.count({ where: { userId: known.id } })).toBe(2);
  });

  test("is tried five times and no more, also at the same moment", async () => {
    const browser = new TestBrowser();
    await browser.post("/join", { email: "guesser@example.org" });
    const code = await lastCodeFor("guesser@example.org");
    const wrong = code === "000000" ? "000001" : "000000";
    const first = await browser.post("/join/code", { code: wrong });
    expect(first.body).toContain("You have 4 tries left");
    const { cookie, from } = browser;
    await Promise.all(Array.from({ length: 20 }, () => send("/join/code", { cookie, from, form: { code: wrong } })));
    const proof = await db.emailProof.findFirstOrThrow({ where: { email: "guesser@example.org" } });
    expect(proof.attempts).toBe(5);
    const right = await browser.post("/join/code", { code });
    expect(right.status).toBe(400);
    expect(right.body).toContain("does not work any more");
    expect(await browser.identity()).toBe("nobody");
  });

  test("is counted before it is looked at", async () => {
    const browser = new TestBrowser();
    await browser.post("/join", { email: "counted@example.org" });
    const { statements } = await browser.post("/join/code", { code: "000000" });
    const counting = statements.findIndex((text) => text.includes("attempts = attempts + 1"));
    expect(counting).toBeGreaterThanOrEqual(0);
    expect(statements.findIndex((text) => text.includes("proved_at = now()"))).toBe(-1);
    expect((await db.emailProof.findFirstOrThrow({ where: { email: "counted@example.org" } })).attempts).toBe(1);
  });

  test("that is no six digits costs no try, and may have spaces in it", async () => {
    const browser = new TestBrowser();
    await browser.post("/join", { email: "spaces@example.org" });
    for (const code of ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"]) {
      expect((await browser.post("/join/code", { code })).status).toBe(400);
    }
    expect((await db.emailProof.findFirstOrThrow({ where: { email: "spaces@example.org" } })).attempts).toBe(0);
    const code = await lastCodeFor("spaces@example.org");
    const typed = ` ${code.slice(0, 3)} ${code.slice(3)} `;
    expect((await browser.post("/join/code", { code: typed })).headers.get("Location")).toBe("/join/profile");
  });

  test("is over after ten minutes, and the proved address after an hour", async () => {
    const browser = new TestBrowser();
    await browser.post("/join", { email: "late@example.org" });
    const code = await lastCodeFor("late@example.org");
    const made = await db.emailProof.findFirstOrThrow({ where: { email: "late@example.org" } });
    expect(Math.round((made.expiresAt.getTime() - made.createdAt.getTime()) / 1000)).toBe(600);
    await db.emailProof.update({ where: { id: made.id }, data: { expiresAt: new Date() } });
    const tooLate = await browser.post("/join/code", { code });
    expect(tooLate.status).toBe(400);
    expect(tooLate.body).toContain("Ask for a new code");

    await browser.proveAddress("late@example.org");
    expect(await browser.identity()).toBe("late@example.org");
    await db.emailProof.updateMany({ where: { email: "late@example.org" }, data: { expiresAt: new Date() } });
    expect(await browser.identity()).toBe("nobody");
  });

  test("is also over for the library itself after ten minutes", async () => {
    const { code, state } = await makeCode("old@example.org");
    expect(await proveByCode(state, code)).toBe("old@example.org");
    expect(await proveByCode(state, code === "123456" ? "654321" : "123456")).toBeNull();
    const realNow = Date.now;
    try {
      Date.now = () => realNow() + 601_000;
      expect(await proveByCode(state, code)).toBeNull();
    } finally {
      Date.now = realNow;
    }
  });

  test("of an earlier request stops working when a new one is asked for", async () => {
    const browser = new TestBrowser();
    await browser.post("/join", { email: "again@example.org" });
    const former = await lastCodeFor("again@example.org");
    const resent = await browser.post("/join", { email: "again@example.org", again: "true" });
    expect((await browser.get(resent.headers.get("Location") ?? "")).body).toContain("A new one is on its way");
    const newest = await lastCodeFor("again@example.org");
    if (former !== newest) expect((await browser.post("/join/code", { code: former })).status).toBe(400);
    expect((await browser.post("/join/code", { code: newest })).headers.get("Location")).toBe("/join/profile");
    expect(await db.emailProof.count({ where: { email: "again@example.org" } })).toBe(1);
  });

  test("is not in the database in clear, and neither is the browser's token", async () => {
    const browser = new TestBrowser();
    await browser.post("/join", { email: "clear@example.org" });
    const row = JSON.stringify(await db.emailProof.findFirstOrThrow({ where: { email: "clear@example.org" } }));
    expect(row).not.toContain(await lastCodeFor("clear@example.org"));
    expect(row).not.toContain(browser.cookies.get("stoa_join"));
  });
});

describe("known and unknown addresses", () => {
  test("get the same answer, by the same statements, and the same mail", async () => {
    await createPerson({ username: "known-one", email: "known-one@example.org" });
    const mailsBefore = (await listQueuedMails()).length;
    const ask = (email: string) => new TestBrowser().post("/join", { email });
    const [known, unknown] = [await ask("known-one@example.org"), await ask("nobody-one@example.org")];
    expect(known.status).toBe(302);
    expect(known.status).toBe(unknown.status);
    expect(known.statements).toEqual(unknown.statements);
    expect(known.body).toBe(unknown.body);
    const plain = ({ headers }: typeof known) =>
      [...headers]
        .filter(([name]) => name !== "x-request-id")
        .map(([name, value]) => [name, value.replace(/stoa_join=[^;]+/, "")]);
    expect(plain(known)).toEqual(plain(unknown));
    const [one, other] = (await listQueuedMails()).slice(mailsBefore);
    const wordsOf = (mail: typeof one) => [mail?.subject, mail?.text, mail?.html].join().replace(/\d{6}/g, "");
    expect(wordsOf(one)).toBe(wordsOf(other));
  });

  test("part only after the code: the known person is signed in, the unknown one goes on", async () => {
    const known = await createPerson({ username: "known-two", email: "known-two@example.org" });
    const usersBefore = await db.user.count();
    const browser = new TestBrowser();
    const answer = await browser.proveAddress("Known-Two@Example.org");
    expect(answer.headers.get("Location")).toBe("/");
    expect(await browser.identity()).toBe("viewer known-two");
    expect(browser.cookies.has("stoa_join")).toBe(false);
    expect(await db.user.count()).toBe(usersBefore);
    expect(await db.auditEvent.findFirst({ where: { userId: known.id, kind: "signed-in" } })).toMatchObject({
      details: { proof: "code" },
      ipAddress: browser.from,
    });

    const newcomer = new TestBrowser();
    expect((await newcomer.proveAddress("unknown-two@example.org")).headers.get("Location")).toBe("/join/profile");
    expect(await db.user.count()).toBe(usersBefore);
  });

  test("a code shows that an address is right that nobody had proved", async () => {
    const person = await createPerson({ username: "unproved" });
    await db.user.update({ where: { id: person.id }, data: { emailVerified: false } });
    await new TestBrowser().proveAddress(person.email);
    expect(await db.user.findUniqueOrThrow({ where: { id: person.id } })).toMatchObject({ emailVerified: true });
  });
});

test("the mail says which site, the code, how long, and that nobody needs to act", async () => {
  await new TestBrowser().post("/join", { email: "reader@example.org" });
  const mail = (await listQueuedMails()).find(({ to }) => to === "reader@example.org");
  for (const body of [mail?.text, mail?.html]) {
    expect(body).toContain("Stoa");
    expect(body).toMatch(/\b\d{6}\b/);
    expect(body).toContain("10 minutes");
    expect(body).toContain("you need to do nothing");
    expect(body).not.toMatch(/<img|src=|https?:\/\/(?!localhost:3000)/);
  }
});

test("a mail and its proof exist together or not at all", async () => {
  const count = async () => [await db.emailProof.count(), (await listQueuedMails()).length];
  const before = await count();
  for (let n = 0; ; n += 1) {
    const fault = new BrokenConnection(n);
    const form = { email: `half-${n}@example.org` };
    const { status } = await send("/join", { form, from: "198.19.0.1", beforeStatement: fault.beforeStatement });
    await fault.settle();
    if (!fault.happened) break;
    expect(status).toBe(500);
    expect(await count()).toEqual(before);
  }
  expect(await count()).toEqual(before.map((each) => each + 1));
});

describe("limits", () => {
  test("a source gets five codes an hour for one address, and its owner elsewhere still gets theirs", async () => {
    const stranger = new TestBrowser();
    const statuses: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const email = n % 2 ? "Busy@example.org" : "busy@example.org";
      const { status, headers } = await stranger.post("/join", { email });
      statuses.push(status);
      if (status === 429) expect(Number(headers.get("Retry-After"))).toBeGreaterThan(0);
    }
    expect(statuses).toEqual([302, 302, 302, 302, 302, 429]);
    const owner = new TestBrowser();
    expect((await owner.proveAddress("busy@example.org")).headers.get("Location")).toBe("/join/profile");
  });

  test("strangers share eight codes an hour for one address; whoever has come in with it before has their own", async () => {
    const { email } = await createPerson({ username: "besieged" });
    const known = new TestBrowser();
    await known.proveAddress(email);
    await known.post("/sign-out", {});
    for (let n = 1; n < 8; n += 1) expect((await new TestBrowser().post("/join", { email })).status).toBe(302);
    const last = await new TestBrowser().post("/join", { email });
    expect(last.status).toBe(429);
    expect(Number(last.headers.get("Retry-After"))).toBeGreaterThan(0);
    // Also where everyone else at the same place has used up what there is.
    await db.rateLimit
      .create({
        data: { key: `code-by-source:${known.from}`, points: 99, expire: Date.now() + 60_000 },
      })
      .catch(() => db.rateLimit.update({ where: { key: `code-by-source:${known.from}` }, data: { points: 99 } }));
    await known.proveAddress(email);
    expect(await known.identity()).toBe("viewer besieged");
  });

  test("one source asks for twenty codes an hour, tries sixty, and a header does not make it another", async () => {
    const from = "198.19.0.2";
    const ask = (n: number) =>
      send("/join", {
        from,
        form: { email: `many-${n}@example.org` },
        headers: { "X-Forwarded-For": `203.0.113.${n}` },
      });
    for (let n = 0; n < 20; n += 1) expect((await ask(n)).status).toBe(302);
    expect((await ask(20)).status).toBe(429);
    for (let n = 0; n < 60; n += 1) {
      expect((await send("/join/code", { from, form: { code: "000000" } })).status).toBe(400);
    }
    const last = await send("/join/code", { from, form: { code: "000000" } });
    expect(last.status).toBe(429);
    expect(Number(last.headers.get("Retry-After"))).toBeGreaterThan(0);
  });

  test("neighbours who type wrong codes do not stop the right one", async () => {
    const browser = new TestBrowser();
    await browser.post("/join", { email: "neighbour@example.org" });
    await db.rateLimit.create({
      data: { key: `wrong-code-by-source:${browser.from}`, points: 60, expire: Date.now() + 60_000 },
    });
    const code = await lastCodeFor("neighbour@example.org");
    const wrong = code === "000000" ? "000001" : "000000";
    expect((await browser.post("/join/code", { code: wrong })).status).toBe(429);
    expect((await browser.post("/join/code", { code })).headers.get("Location")).toBe("/join/profile");
  });

  test("where an address was guessed at thirty times in a day, a stranger's browser has one try at a code", async () => {
    const { email } = await createPerson({ username: "guessed" });
    const known = new TestBrowser();
    await known.proveAddress(email);
    await known.post("/sign-out", {});
    for (let n = 0; n < 6; n += 1) {
      const stranger = new TestBrowser();
      await stranger.post("/join", { email });
      const wrong = (await lastCodeFor(email)) === "000000" ? "000001" : "000000";
      for (let tries = 0; tries < 5; tries += 1) await stranger.post("/join/code", { code: wrong });
    }
    // An hour later.
    await db.rateLimit.deleteMany({ where: { key: `code-by-target:${email}` } });
    const ask = async (browser: TestBrowser, ...wrongFirst: string[]) => {
      await browser.post("/join", { email });
      const code = await lastCodeFor(email);
      for (const wrong of wrongFirst) await browser.post("/join/code", { code: wrong === code ? "000001" : wrong });
      return (await browser.post("/join/code", { code })).status;
    };
    expect(await ask(new TestBrowser(), "000000")).toBe(400);
    expect(await ask(new TestBrowser())).toBe(302);
    expect(await ask(known, "000000", "000000", "000000", "000000")).toBe(302);
  });
});
