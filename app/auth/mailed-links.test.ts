import { beforeEach, describe, expect, test } from "vitest";
import { lastCodeFor, lastLinkFor, listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const page = "/sign-in/code";
let mina: Person;
let people = 0;

beforeEach(async () => {
  people += 1;
  await db.rateLimit.deleteMany();
  mina = await createPerson({ username: `linked${"abcdefghjkmnpqrtuvwxyz"[people]}` });
});

const countMailsTo = async (email: string) => (await listQueuedMails()).filter(({ to }) => to === email).length;

/** Somebody asks for codes at an address from everywhere, until no more are sent. */
async function besiege(email: string, form: Record<string, string> = {}): Promise<number> {
  for (let n = 0; n < 40; n += 1) {
    if ((await new TestBrowser().post(page, { email, ...form })).status === 429) return n;
  }
  return 40;
}

describe("while somebody uses up the codes that strangers get for an address", () => {
  test("its owner comes in on a new browser, by the link in the last of them, and no further mail leaves", async () => {
    expect(await besiege(mina.email)).toBe(8);
    const owner = new TestBrowser();
    const refused = await owner.post(page, { email: mina.email });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("Retry-After"))).toBeGreaterThan(0);
    expect(refused.body).toContain("Look into your mail");
    expect(refused.body).toContain("has a link that lets you in");
    expect(await countMailsTo(mina.email)).toBe(8);
    const link = (await lastLinkFor(mina.email)) ?? "";
    expect((await owner.get(link)).body).toContain(mina.email);
    expect((await owner.post(link, {})).headers.get("location")).toBe("/");
    expect(await owner.identity()).toBe(`viewer ${mina.username}`);
    expect(owner.cookies.has("stoa_device")).toBe(true);
  });

  test("the code that its owner is about to type goes on working", async () => {
    const owner = new TestBrowser();
    await owner.post(page, { email: mina.email });
    const code = await lastCodeFor(mina.email);
    await besiege(mina.email);
    expect((await owner.post(page, { code })).headers.get("location")).toBe("/");
  });

  test("a link is there at every moment at which no code is", async () => {
    await besiege(mina.email);
    const [count, proof] = await Promise.all([
      db.rateLimit.findUniqueOrThrow({ where: { key: `code-by-target:${mina.email}` } }),
      db.emailProof.findFirstOrThrow({ where: { email: mina.email }, orderBy: { expiresAt: "desc" } }),
    ]);
    expect(proof.expiresAt.getTime()).toBeGreaterThanOrEqual(Number(count.expire));
    // The browser that got the last code asks for another address: its former proofs go, the link stays.
    const last = new TestBrowser();
    await db.rateLimit.updateMany({ where: { key: `code-by-target:${mina.email}` }, data: { points: 7 } });
    await last.post(page, { email: mina.email });
    await last.post(page, { email: "elsewhere@example.org" });
    expect((await new TestBrowser().post((await lastLinkFor(mina.email)) ?? "", {})).status).toBe(302);
  });

  test("from where its owner is too, they come in: the fifth mail to that place has a link", async () => {
    const neighbour = new TestBrowser();
    for (let n = 0; n < 5; n += 1) await neighbour.post(page, { email: mina.email });
    const owner = new TestBrowser(neighbour.from);
    expect((await owner.post(page, { email: mina.email })).body).toContain("Look into your mail");
    expect((await owner.post((await lastLinkFor(mina.email)) ?? "", {})).status).toBe(302);
  });

  test("a place does not lose its own mails while none are sent at all", async () => {
    await besiege(mina.email);
    const neighbour = new TestBrowser();
    for (let n = 0; n < 6; n += 1) await neighbour.post(page, { email: mina.email });
    await db.rateLimit.deleteMany({ where: { key: `code-by-target:${mina.email}` } });
    expect((await new TestBrowser(neighbour.from).post(page, { email: mina.email })).status).toBe(302);
  });

  test("machines that get no mail use none up", async () => {
    const machine = { website: "https://pills.example" };
    expect(await besiege(mina.email, machine)).toBe(40);
    const one = new TestBrowser();
    for (let n = 0; n < 9; n += 1) await one.post(page, { email: mina.email, ...machine });
    expect(await countMailsTo(mina.email)).toBe(0);
    expect((await new TestBrowser(one.from).post(page, { email: mina.email })).status).toBe(302);
    expect(await countMailsTo(mina.email)).toBe(1);
  });

  test("known and unknown addresses get the same answer and the same last mail", async () => {
    const unknown = `unknown${people}@example.org`;
    const seen = [];
    for (const email of [mina.email, unknown]) {
      await besiege(email);
      const refused = await new TestBrowser().post(page, { email });
      const mail = (await listQueuedMails()).filter(({ to }) => to === email).at(-1);
      const looked = await new TestBrowser().get((await lastLinkFor(email)) ?? "");
      const plain = (text = "") =>
        text
          .match(/<main[\s\S]*<\/main>/)?.[0]
          .replaceAll(email, "…")
          .replace(/\d+ minutes|token=[\w-]+/, "…");
      const words = mail?.text.replace(/\d{6}|token=[\w-]+/g, "…");
      seen.push([refused.status, plain(refused.body), plain(looked.body), words]);
    }
    expect(seen[1]).toEqual(seen[0]);
    const newcomer = new TestBrowser();
    const answer = await newcomer.post((await lastLinkFor(unknown)) ?? "", {});
    expect(answer.headers.get("location")).toBe("/join/profile");
    expect(await newcomer.identity()).toBe(unknown);
  });
});

describe("the link in the last mail", () => {
  test("lets in once, also for two at once; looking at it uses nothing up", async () => {
    await besiege(mina.email);
    const link = (await lastLinkFor(mina.email)) ?? "";
    for (let n = 0; n < 3; n += 1) expect((await new TestBrowser().get(link)).body).toContain("Come in");
    const answers = await Promise.all(Array.from({ length: 10 }, () => new TestBrowser().post(link, {})));
    expect(answers.map(({ status }) => status).sort()).toEqual([302, ...Array<number>(9).fill(400)]);
    expect((await new TestBrowser().get(link)).body).toContain("This link is over");
  });

  test("is over after an hour", async () => {
    await besiege(mina.email);
    await db.emailProof.updateMany({ where: { email: mina.email }, data: { expiresAt: new Date() } });
    expect((await new TestBrowser().post((await lastLinkFor(mina.email)) ?? "", {})).status).toBe(400);
  });

  test("is not what a browser holds that waits for a code, and the other way round", async () => {
    const attacker = new TestBrowser();
    await attacker.post(page, { email: mina.email });
    const held = attacker.cookies.get("stoa_join") ?? "";
    expect((await attacker.post(`/sign-in/link?token=${held}`, {})).status).toBe(400);
    await besiege(mina.email);
    const token = /token=([\w-]+)/.exec((await lastLinkFor(mina.email)) ?? "")?.[1] ?? "";
    const holder = new TestBrowser();
    holder.cookies.set("stoa_join", token);
    expect((await holder.post(page, { code: await lastCodeFor(mina.email) })).status).toBe(400);
    expect(await attacker.identity()).toBe("nobody");
  });

  test("takes no nonsense, and no form from elsewhere", async () => {
    await besiege(mina.email);
    const link = (await lastLinkFor(mina.email)) ?? "";
    for (const path of ["/sign-in/link", "/sign-in/link?token=", `/sign-in/link?token=${"a".repeat(43)}`])
      expect((await new TestBrowser().post(path, {})).status).toBe(400);
    const foreign = await send(link, { form: {}, headers: { Origin: "https://evil.example" } });
    expect(foreign.status).toBe(403);
    expect((await new TestBrowser().post(link, {})).status).toBe(302);
  });
});

test("whoever uses up the links for a new password leaves its owner the newest one", async () => {
  let asked = 0;
  while ((await new TestBrowser().post("/forgot-password", { email: mina.email })).status !== 429) asked += 1;
  expect(asked).toBe(4);
  const owner = new TestBrowser();
  expect((await owner.post("/forgot-password", { email: mina.email })).body).toContain("The newest link works");
  const reset = await db.passwordReset.findFirstOrThrow({ where: { userId: mina.id } });
  const count = await db.rateLimit.findUniqueOrThrow({ where: { key: `reset-by-target:${mina.email}` } });
  expect(reset.expiresAt.getTime()).toBeGreaterThanOrEqual(Number(count.expire) - 2_000);
});
