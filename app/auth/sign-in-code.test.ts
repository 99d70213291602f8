import { beforeEach, describe, expect, test } from "vitest";
import { lastCodeFor, listQueuedMails, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";

const page = "/sign-in/code";
let mina: Person;
let people = 0;

beforeEach(async () => {
  people += 1;
  mina = await createPerson({ username: `mina${"abcdefghjkmnpqrtuvwxyz"[people]}` });
});

describe("signing in by a mailed code", () => {
  test("lets a known person in, at the page that they wanted", async () => {
    const browser = new TestBrowser();
    expect((await browser.get(`${page}?redirectTo=%2Fdrafts`)).body).toContain("Sign in by a code");
    const asked = await browser.post(page, { email: mina.email, redirectTo: "/drafts" });
    const next = asked.headers.get("location") ?? "";
    expect(next).toBe("/sign-in/code?redirectTo=%2Fdrafts");
    const typing = await browser.get(next);
    expect(typing.body).toContain("Enter the code");
    expect(typing.body).toContain('value="/drafts"');
    const code = await lastCodeFor(mina.email);
    const answer = await browser.post(page, { code, redirectTo: "/drafts" });
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/drafts"]);
    expect(await browser.identity()).toBe(`viewer ${mina.username}`);
    const event = await db.auditEvent.findFirstOrThrow({ where: { userId: mina.id, kind: "signed-in" } });
    expect(event.details).toMatchObject({ proof: "code" });
  });

  test("leads somebody whom nobody knows to the last step of joining", async () => {
    const email = `new${people}@example.org`;
    const browser = new TestBrowser();
    await browser.post(page, { email });
    const answer = await browser.post(page, { code: await lastCodeFor(email) });
    expect(answer.headers.get("location")).toBe("/join/profile");
    expect(await browser.identity()).toBe(email);
    expect((await browser.get(page)).headers.get("location")).toBe("/join/profile");
    expect((await browser.get(`${page}?other`)).body).toContain("Send the code");
  });

  test("says the same of both until the code is right, on the page and in the mail", async () => {
    const email = `nobody${people}@example.org`;
    const seen = await Promise.all(
      [mina.email, email].map(async (address) => {
        const browser = new TestBrowser();
        const asked = await browser.post(page, { email: address });
        const typing = await browser.get(asked.headers.get("location") ?? "");
        const wrong = await browser.post(page, { code: "000000" });
        const mail = (await listQueuedMails()).find(({ to }) => to === address);
        const plain = (text = "") =>
          text.replaceAll(address, "…").replace(/\d{6}|[\w-]{36}|nonce="[^"]*"|name="shown" value="[^"]*"/g, "…");
        return [asked.status, asked.headers.get("location"), plain(typing.body), wrong.status, plain(mail?.text)];
      }),
    );
    expect(seen[1]?.filter((_, index) => index !== 2)).toEqual(seen[0]?.filter((_, index) => index !== 2));
    expect(String(seen[1]?.[2]).match(/<main[\s\S]*<\/main>/)?.[0]).toBe(
      String(seen[0]?.[2]).match(/<main[\s\S]*<\/main>/)?.[0],
    );
  });

  test("is one proof with joining: a code that was asked for there counts here, in the same browser only, once", async () => {
    const [browser, other] = [new TestBrowser(), new TestBrowser()];
    await browser.post("/join", { email: mina.email });
    const code = await lastCodeFor(mina.email);
    expect((await other.post(page, { code })).status).toBe(400);
    const copy = new TestBrowser();
    copy.cookies = new Map(browser.cookies);
    const statuses = await Promise.all([browser, copy].map(async (each) => (await each.post(page, { code })).status));
    expect(statuses.sort()).toEqual([302, 400]);
  });

  test("leads nowhere off this site, and takes no nonsense", async () => {
    const browser = new TestBrowser();
    for (const form of [{}, { email: "x" }, { email: "" }, { code: "" }, { code: "x" }, { code: "123456" }])
      expect((await browser.post(page, form as Record<string, string>)).status).toBe(400); // each has only strings
    await browser.post(page, { email: mina.email, redirectTo: "https://evil.example/" });
    const code = await lastCodeFor(mina.email);
    const answer = await browser.post(page, { code, redirectTo: "//evil.example/" });
    expect(answer.headers.get("location")).toBe("/");
  });
});
