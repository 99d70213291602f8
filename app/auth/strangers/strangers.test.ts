import { beforeEach, describe, expect, test } from "vitest";
import { shownAgo } from "#app/auth/strangers/test-forms.ts";
import { doWork } from "#app/auth/strangers/work.ts";
import { lastCodeFor, listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { reach } from "#app/middleware/rate-limit.ts";
import { db } from "#app/server/database.server.ts";
import { seal, unseal } from "#app/server/sealing.server.ts";
import type { TestResponse } from "#app/server/test-request.ts";

beforeEach(async () => {
  await db.rateLimit.deleteMany();
});

async function countMailsTo(email: string): Promise<number> {
  return (await listQueuedMails()).filter(({ to }) => to === email).length;
}

/** What the page asks of somebody: its fields. */
function readAsked({ body }: TestResponse) {
  const read = (pattern: RegExp) => pattern.exec(body)?.[1] ?? "";
  return {
    work: { challenge: read(/data-challenge="([^"]+)"/), bits: Number(read(/data-bits="(\d+)"/)) },
    place: read(/name="place" value="([^"]+)"/),
  };
}

async function work(asked: ReturnType<typeof readAsked>) {
  return { challenge: asked.work.challenge, answer: (await doWork(asked.work)) ?? "" };
}

/** A place that was given out some seconds earlier than it was. */
function aged(place: string, seconds: number): string {
  const held = JSON.parse(unseal("stranger's place", place));
  return seal("stranger's place", JSON.stringify({ ...held, at: held.at - seconds * 1000 }));
}

describe("a machine that fills in a form", () => {
  test.each<[string, () => Record<string, string>]>([
    ["the field that nobody sees", () => ({ website: "https://pills.example" })],
    ["sooner than anyone could", () => ({ shown: shownAgo(0.1) })],
    ["with a time of its own making", () => ({ shown: "1700000000" })],
    ["without the form's own field", () => ({ shown: "" })],
    ["days after it fetched it", () => ({ shown: shownAgo(200_000) })],
  ])("%s sees what everybody sees, and no mail leaves", async (_, fieldsNow) => {
    for (const path of ["/join", "/forgot-password"]) {
      const machine = new TestBrowser();
      const person = new TestBrowser();
      const answer = await machine.post(path, { email: "bot@example.org", ...fieldsNow() });
      const usual = await person.post(path, { email: "human@example.org" });
      expect([answer.status, answer.headers.get("Location")]).toEqual([usual.status, usual.headers.get("Location")]);
      if (path === "/join") expect((await machine.get("/join/code")).body).toContain("We have sent it to");
    }
    expect(await countMailsTo("bot@example.org")).toBe(0);
  });

  test("does not stand for a person whose browser filled too much in: a new code is sent", async () => {
    const email = "overfilled@example.org";
    const person = new TestBrowser();
    await person.post("/join", { email, website: "https://mine.example" });
    const page = (await person.get("/join/code")).body;
    expect(page).toContain("Send a new code");
    expect(page).toMatch(/name="shown" value="[\w-]{40,}"/);
    expect(page).not.toContain('name="website"');
    await person.post("/join", { email, again: "true" });
    expect(await countMailsTo(email)).toBe(1);
  });
});

test("the field that nobody sees is out of the way of keys, of screen readers and of what fills in forms", async () => {
  for (const path of ["/join", "/forgot-password"]) {
    const { body } = await new TestBrowser().get(path);
    expect(body).toMatch(/<div class="for-machines" aria-hidden="true">/);
    expect(/<input[^>]*name="website"[^>]*>/.exec(body)?.[0]).toMatch(/tabindex="-1" autoComplete="off"/i);
  }
});

describe("while too many strangers come", () => {
  test("pressure begins when more ask for mail than prove an address, and those who prove do not count", async () => {
    const ask = (n: number) => new TestBrowser().post("/join", { email: `many-${n}@example.org` });
    const count = async () => Number((await db.rateLimit.findUnique({ where: { key: siteKey } }))?.points);
    const siteKey = "strangers-by-site:site";
    await ask(1);
    await ask(2);
    expect(await count()).toBe(2);
    const real = new TestBrowser();
    await real.proveAddress("real@example.org");
    const { email } = await createPerson({ username: "on-a-new-device" });
    await new TestBrowser().proveAddress(email);
    expect(await count()).toBe(2);
    await db.rateLimit.update({ where: { key: siteKey }, data: { points: 100_000 } });
    expect((await ask(3)).status).toBe(429);
    await db.rateLimit.delete({ where: { key: siteKey } });
    expect((await ask(4)).status).toBe(429);
    expect(await countMailsTo("many-3@example.org")).toBe(0);
  });

  test.each(["/join", "/forgot-password"])("a browser that does the work gets its mail: %s", async (path) => {
    await reach("pressure", "site");
    const email = `worker-${path.slice(1)}@example.org`;
    const person = new TestBrowser();
    const asked = await person.post(path, { email });
    expect(asked.status).toBe(429);
    expect(asked.headers.get("Retry-After")).toBe("60");
    expect(asked.body).toContain("Far more people than usual");
    expect(asked.body).toContain("wait a minute instead");
    expect(await countMailsTo(email)).toBe(0);
    const done = await work(readAsked(asked));
    expect((await person.post(path, { email, ...done })).status).toBe(302);
    expect(await countMailsTo(email)).toBe(1);
    if (path === "/join") {
      const code = await lastCodeFor(email);
      expect((await person.post("/join/code", { code })).headers.get("Location")).toBe("/join/profile");
    }
  });

  test("work counts once, also when it is brought ten times at once, and for its address alone", async () => {
    await reach("pressure", "site");
    const email = "once-worked@example.org";
    const asked = readAsked(await new TestBrowser().post("/join", { email }));
    const done = await work(asked);
    const other = await new TestBrowser().post("/join", { email: "another@example.org", ...done });
    expect(other.status).toBe(429);
    for (const answer of ["", "1.2.3", done.answer.replace(/\d+$/, "0"), done.answer.replaceAll(/\d+/g, "7")]) {
      if (answer !== done.answer) {
        expect((await new TestBrowser().post("/join", { email, ...done, answer })).status).toBe(429);
      }
    }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => new TestBrowser().post("/join", { email, ...done })),
    );
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1);
    expect(await countMailsTo(email)).toBe(1);
  });

  test("work that was asked for long ago, or by nobody, does not count", async () => {
    await reach("pressure", "site");
    const email = "late-worker@example.org";
    const make = (at: number, bits = 1) =>
      seal("stranger's work", JSON.stringify({ id: `late-${at}`, at, facts: { email, bits } }));
    const bring = async (challenge: string) => {
      const answer = (await doWork({ challenge, bits: 1 })) ?? "";
      return (await new TestBrowser().post("/join", { email, challenge, answer })).status;
    };
    expect(await bring(make(Date.now() - 301_000))).toBe(429);
    expect(await bring("invented")).toBe(429);
    expect(await bring(make(Date.now()))).toBe(302);
  });

  test("more work is asked for the more is done, up to eight times as much", async () => {
    await reach("pressure", "site");
    const bitsAfter = async (points: number) => {
      await db.rateLimit.deleteMany({ where: { key: "work-by-site:site" } });
      await db.rateLimit.create({ data: { key: "work-by-site:site", points, expire: Date.now() + 600_000 } });
      return readAsked(await new TestBrowser().post("/join", { email: "bits@example.org" })).work.bits;
    };
    expect([await bitsAfter(1), await bitsAfter(59), await bitsAfter(60)]).toEqual([12, 12, 13]);
    expect(await bitsAfter(1_000_000)).toBe(15);
  });

  test("a browser without scripts waits a minute, keeps its place, and gets its mail", async () => {
    await reach("pressure", "site");
    const email = "patient@example.org";
    const person = new TestBrowser();
    const { place } = readAsked(await person.post("/join", { email }));
    const early = await person.post("/join", { email, place });
    expect(early.body).toContain("That minute is not over yet.");
    expect(readAsked(early).place).toBe(place);
    const waited = aged(place, 60);
    expect((await new TestBrowser().post("/join", { email, place: waited })).status).toBe(429);
    expect((await person.post("/join", { email: "another@example.org", place: waited })).status).toBe(429);
    expect(await countMailsTo(email)).toBe(0);
    expect((await person.post("/join", { email, place: waited })).headers.get("Location")).toBe("/join/code");
    expect((await person.post("/join", { email, place: waited })).status).toBe(429);
    expect(await countMailsTo(email)).toBe(1);
  });

  test("five of those who wait get theirs in a minute, two of one source in an hour; the others keep their place", async () => {
    await reach("pressure", "site");
    const wait = async (email: string, browser = new TestBrowser()) => {
      const { place } = readAsked(await browser.post("/join", { email }));
      return browser.post("/join", { email, place: aged(place, 60) });
    };
    const one = new TestBrowser();
    const ofOne = [];
    for (let n = 0; n < 3; n += 1) ofOne.push((await wait(`neighbour-${n}@example.org`, one)).status);
    expect(ofOne).toEqual([302, 302, 429]);
    for (let n = 0; n < 3; n += 1) expect((await wait(`waits-${n}@example.org`)).status).toBe(302);
    const sixth = new TestBrowser();
    const full = await wait("sixth@example.org", sixth);
    expect(full.body).toContain("Your place is kept.");
    await db.rateLimit.deleteMany({ where: { key: { startsWith: "place-by-site" } } });
    const again = await sixth.post("/join", { email: "sixth@example.org", place: readAsked(full).place });
    expect(again.status).toBe(302);
  });

  test("whoever has come in with the address before notices nothing", async () => {
    const { email } = await createPerson({ username: "regular" });
    const known = new TestBrowser();
    await known.proveAddress(email);
    await known.post("/sign-out", {});
    await reach("pressure", "site");
    expect((await known.post("/join", { email })).headers.get("Location")).toBe("/join/code");
  });
});
