import { beforeAll, describe, expect, test } from "vitest";
import { auth, withinBetterAuth } from "#app/auth/better-auth.server.ts";
import { sendRaw, TestBrowser } from "#app/auth/test-browser.ts";
import { untilSomebodyWaits } from "#app/auth/test-faults.ts";
import { createPerson, createSession, type Person, testPassword } from "#app/auth/test-people.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { requestScope, withRequestScope } from "#app/server/request-scope.server.ts";
import { send } from "#app/server/test-request.ts";

let moderator: Person;
beforeAll(async () => {
  moderator = await createPerson({ username: "keeper", role: "moderator" });
});

async function viewerWith(cookie: string): Promise<string | null> {
  return /data-viewer="([^"]+)"/.exec((await send("/", { cookie })).body)?.[1] ?? null;
}

/** As a moderator's ban writes it. */
async function ban(tx: Transaction, userId: string): Promise<void> {
  const { id } = await tx.ban.create({ data: { userId, moderatorId: moderator.id, reason: "Advertised watches." } });
  await tx.user.update({ where: { id: userId }, data: { banned: true, banId: id } });
  await tx.session.updateMany({ where: { userId }, data: { banId: id } });
}

async function lift(userId: string): Promise<void> {
  await db.user.update({ where: { id: userId }, data: { banned: false, banId: null } });
}

describe("a session", () => {
  test("is its cookie's: every change to it means signed out, never an error", async () => {
    const { cookie } = await createPerson({ username: "cookied" });
    expect(await viewerWith(cookie)).toBe("cookied");
    const [name = "", value = ""] = cookie.split(/=(.*)/);
    const [token = "", signature = ""] = decodeURIComponent(value).split(".");
    const { cookie: othersCookie } = await createPerson({ username: "cookied-too" });
    const othersSignature = decodeURIComponent(othersCookie).split(".")[1] ?? "";
    for (const tampered of [
      `${token}.${othersSignature}`,
      `${token.slice(1)}.${signature}`,
      `${token}x.${signature}`,
      `${token}.${signature.slice(1)}`,
      `${token}.`,
      token,
      `.${signature}`,
      ".",
      "",
      "%",
      "%E0%A4%A",
      `${token}\u0000.${signature}`,
      "x".repeat(8_000),
    ]) {
      const page = await send("/", { cookie: `${name}=${encodeURIComponent(tampered).replace("%25", "%")}` });
      expect([tampered, page.status, page.body.includes("data-viewer")]).toEqual([tampered, 200, false]);
    }
  });

  test("that is over, idle or unknown means signed out", async () => {
    const person = await createPerson({ username: "expired" });
    await db.session.updateMany({ where: { userId: person.id }, data: { expiresAt: new Date() } });
    expect(await viewerWith(person.cookie)).toBeNull();
    await db.session.deleteMany({ where: { userId: person.id } });
    expect(await viewerWith(person.cookie)).toBeNull();
  });

  test("that was opened here is read by Better Auth, and the other way round", async () => {
    const person = await createPerson({ username: "both-ways" });
    const browser = new TestBrowser();
    await browser.post("/sign-in", { identifier: "both-ways", password: testPassword });
    const read = await auth().api.getSession({ headers: new Headers({ Cookie: browser.cookie }) });
    expect(read?.user).toMatchObject({ id: person.id, username: "both-ways", role: "member", email: person.email });
    expect(read?.user).not.toHaveProperty("usernameSkeleton");
    const days = ((read?.session.expiresAt.getTime() ?? 0) - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(30);

    const response = await auth().api.signInEmail({
      body: { email: person.email, password: testPassword },
      asResponse: true,
    });
    const [setCookie = ""] = response.headers.getSetCookie();
    expect(await viewerWith(setCookie.split(";")[0] ?? "")).toBe("both-ways");
    for (const attribute of ["Path=/", "HttpOnly", "SameSite=Lax"]) expect(setCookie).toContain(attribute);
    expect(setCookie).not.toContain("Domain");
  });
});

describe("signing out", () => {
  test("ends this session and no other, with the next request, and is written down", async () => {
    const { id, cookie } = await createPerson({ username: "leaver" });
    const other = await createSession(id);
    const answer = await send("/sign-out", { method: "POST", form: {}, cookie });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("Location")).toBe("/");
    expect(answer.headers.getSetCookie()).toEqual(["stoa_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax"]);
    expect(await viewerWith(cookie)).toBeNull();
    expect(await viewerWith(other)).toBe("leaver");
    expect(await db.auditEvent.findMany({ where: { userId: id } })).toMatchObject([
      { kind: "signed-out", actorId: id },
    ]);
  });

  test("takes a POST: a visit answers 405 and changes nothing", async () => {
    const { cookie } = await createPerson({ username: "visiting" });
    for (const method of ["GET", "HEAD"] as const) {
      const answer = await send("/sign-out", { method, cookie });
      expect(answer.status).toBe(405);
      expect(answer.headers.get("Allow")).toBe("POST");
    }
    expect((await send("/sign-out.data", { cookie })).status).toBe(405);
    expect(await viewerWith(cookie)).toBe("visiting");
  });

  test("is refused to another site's page, and harmless to a visitor", async () => {
    const { cookie } = await createPerson({ username: "lured" });
    const foreign = await send("/sign-out", { form: {}, cookie, headers: { Origin: "https://evil.example" } });
    expect(foreign.status).toBe(403);
    expect(await viewerWith(cookie)).toBe("lured");
    expect((await send("/sign-out", { form: {} })).status).toBe(302);
  });
});

describe("a ban", () => {
  test("ends a session for good: it opens the ban's page, and after the ban nothing", async () => {
    const { id, cookie } = await createPerson({ username: "banned-one" });
    await inTransaction((tx) => ban(tx, id));
    const page = await send("/", { cookie });
    expect(page.status).toBe(403);
    expect(page.body).toContain("Advertised watches.");
    await lift(id);
    expect((await send("/", { cookie })).status).toBe(200);
    expect(await viewerWith(cookie)).toBeNull();
  });

  test("lets the person sign in to its page, by password and by code, and to nothing else", async () => {
    const { id, email } = await createPerson({ username: "banned-two" });
    await inTransaction((tx) => ban(tx, id));
    const byPassword = new TestBrowser();
    await byPassword.post("/sign-in", { identifier: "banned-two", password: testPassword });
    const byCode = new TestBrowser();
    await byCode.proveAddress(email);
    for (const browser of [byPassword, byCode]) {
      for (const path of ["/", "/_root.data", "/join", "/api/auth/ok", "/admin/users"]) {
        expect([path, (await browser.get(path)).status]).toEqual([path, 403]);
      }
    }
    await lift(id);
    for (const browser of [byPassword, byCode]) expect(await viewerWith(browser.cookie)).toBeNull();
    const anew = new TestBrowser();
    await anew.post("/sign-in", { identifier: "banned-two", password: testPassword });
    expect(await viewerWith(anew.cookie)).toBe("banned-two");
  });

  test("whose time is over does not end a new session", async () => {
    const { id } = await createPerson({ username: "banned-three" });
    await inTransaction((tx) => ban(tx, id));
    await db.ban.updateMany({ where: { userId: id }, data: { expiresAt: new Date(Date.now() - 1000) } });
    const browser = new TestBrowser();
    await browser.post("/sign-in", { identifier: "banned-three", password: testPassword });
    expect(await viewerWith(browser.cookie)).toBe("banned-three");
  });

  test("at the same moment as a sign-in is seen by it, whichever comes first", async () => {
    const { id } = await createPerson({ username: "banned-four" });
    const browser = new TestBrowser();
    let signingIn: Promise<unknown> | undefined;
    await inTransaction(async (tx) => {
      await tx.$queryRaw`select 1 from users where id = ${id}::uuid for no key update`;
      signingIn = browser.post("/sign-in", { identifier: "banned-four", password: testPassword });
      await untilSomebodyWaits();
      await ban(tx, id);
    });
    await signingIn;
    expect((await browser.get("/")).status).toBe(403);
    expect(await db.session.count({ where: { userId: id, banId: null } })).toBe(0);
    await lift(id);
    expect(await viewerWith(browser.cookie)).toBeNull();
  });
});

describe("Better Auth", () => {
  test("finds its tables as it wants them", async () => {
    const { explicitSchemaCheck } = await auth().$context;
    expect(explicitSchemaCheck).toBeDefined();
    await expect(Promise.resolve(explicitSchemaCheck?.())).resolves.not.toThrow();
  });

  test("writes through our transaction, and what fails leaves nothing of it", async () => {
    const before = [await db.user.count(), await db.account.count()];
    const scope = { id: "x", clientAddress: "192.0.2.1", statements: [] };
    const failing = withRequestScope(scope, () =>
      inTransaction((tx) =>
        withinBetterAuth(tx, async ({ createOAuthUser }) => {
          const user = {
            name: "N",
            email: "n@example.org",
            emailVerified: true,
            username: "nnn",
            usernameKey: "nnn",
            usernameSkeleton: "nnn",
          };
          // Even where it wants a transaction of its own.
          await createOAuthUser(user, { accountId: "1", providerId: "x" });
          expect(await tx.user.count({ where: { email: "n@example.org" } })).toBe(1);
          expect(requestScope()?.statements.filter((text) => text === "BEGIN")).toHaveLength(1);
          throw new Error("and yet");
        }),
      ),
    );
    await expect(failing).rejects.toThrow("and yet");
    expect([await db.user.count(), await db.account.count()]).toEqual(before);
  });

  test("answers none of its endpoints but those that the site needs", async () => {
    const { cookie } = await createPerson({ username: "prober", role: "admin" });
    const paths = Object.values(auth().api).flatMap((endpoint) => ("path" in endpoint ? [String(endpoint.path)] : []));
    expect(paths).toContain("/sign-in/email");
    for (const path of [...paths, "/Sign-In/email", "//sign-in/email", "/sign-in%2Femail", "/ok/../get-session"]) {
      if (path === "/ok") continue;
      expect([path, (await send(`/api/auth${path}`, { cookie })).status]).toEqual([path, 404]);
      const body = JSON.stringify({ email: "prober@example.org", password: testPassword, role: "admin" });
      const status = await sendRaw(`/api/auth${path}`, { cookie, body, contentType: "application/json" });
      expect([path, status]).toEqual([path, 404]);
    }
    expect((await send("/api/auth/ok")).status).toBe(200);
  });

  test("is behind the same guards as everything else", async () => {
    const foreign = { form: {}, headers: { Origin: "https://evil.example" } };
    expect((await send("/api/auth/ok", foreign)).status).toBe(403);
    expect((await send("/api/auth/sign-in/email", foreign)).status).toBe(403);
    expect((await send("/api/auth/ok")).headers.get("X-Content-Type-Options")).toBe("nosniff");
  });
});
