import { describe, expect, test } from "vitest";
import { lastCodeFor, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

async function decide(disposable: string) {
  const { cookie } = await createPerson({ username: `admin-${disposable}`, role: "admin" });
  const others = { mode: "open", question: "What brings you here?", invitesPerMember: "5" };
  const form = { ...others, disposable, reason: "Too many of them were spam." };
  const answer = await send("/admin/settings/joining", { cookie, form });
  return { answer, cookie };
}

describe("an address at a mailbox to throw away", () => {
  const join = (email: string) => new TestBrowser().post("/join", { email });

  test("may join, unless an admin has decided otherwise", async () => {
    expect((await join("free@mailinator.com")).headers.get("Location")).toBe("/join/code");
  });

  test("is refused in words beside the field when an admin says so, for newcomers and in the settings", async () => {
    const known = new TestBrowser();
    await known.proveAddress("regular@mailinator.com");
    const { answer, cookie } = await decide("refuse");
    expect(answer.headers.get("Location")).toBe("/admin/settings?saved=joining");
    expect((await send("/admin/settings", { cookie })).body).toContain("mailboxes to throw away are refused");
    for (const email of ["new@mailinator.com", "new@sub.mailinator.com", "New@MAILINATOR.com"]) {
      const refused = await join(email);
      expect(refused.status).toBe(400);
      expect(refused.body).toMatch(/id="join-email-error"[^>]*>Mailboxes at this domain are gone after a while/);
      expect(await lastCodeFor(email.toLowerCase())).toBe("no code");
    }
    for (const email of ["new@mailinator.com.example.org", "new@example.org"])
      expect((await join(email)).status).toBe(302);
    // Whoever has come in with it before still does.
    expect((await known.post("/join", { email: "regular@mailinator.com" })).status).toBe(302);
    expect(await db.auditEvent.findFirst({ where: { kind: "setting-changed" } })).toMatchObject({
      details: { name: "joining", from: { disposable: "allow" }, to: { disposable: "refuse" } },
    });
  });

  test("may join again when an admin says so, and nothing else can be chosen", async () => {
    expect((await decide("allow")).answer.status).toBe(302);
    expect((await join("back@mailinator.com")).status).toBe(302);
    expect((await decide("maybe")).answer.status).toBe(400);
  });
});
