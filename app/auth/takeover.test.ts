import { TOTPStrategy } from "remix-auth-totp";
import { beforeAll, describe, expect, test } from "vitest";
import { makeCode } from "#app/auth/code-strategy.server.ts";
import { lastCodeFor, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let victim: Person;
beforeAll(async () => {
  victim = await createPerson({ username: "victim", email: "victim@example.org", role: "admin" });
});

describe("taking over somebody's account by a code for one's own address", () => {
  test("works with the library as it is shipped, whose cookie is the browser's", async () => {
    let sentCode = "";
    let verified = "";
    const strategy = new TOTPStrategy(
      {
        secret: "0".repeat(64),
        emailSentRedirect: "/",
        successRedirect: "/",
        failureRedirect: "/",
        sendTOTP: async ({ code }) => {
          sentCode = code;
        },
      },
      async ({ email }) => {
        verified = email;
      },
    );
    const ask = (form: Record<string, string>, cookie = "") =>
      strategy
        .authenticate(
          new Request("http://x/", { method: "POST", body: new URLSearchParams(form), headers: { Cookie: cookie } }),
        )
        .catch((answer: Response) => answer.headers.getSetCookie().at(-1)?.split(";")[0] ?? "");
    const cookie = String(await ask({ email: "eve@example.org" }));
    await ask({ code: sentCode }, cookie.replace("eve%40example.org", "victim%40example.org"));
    expect(verified).toBe("victim@example.org");
  });

  test("fails when another address is sent along with the code", async () => {
    const eve = new TestBrowser();
    await eve.post("/join", { email: "eve1@example.org" });
    await eve.post("/join/code", { code: await lastCodeFor("eve1@example.org"), email: victim.email });
    expect(await eve.identity()).toBe("eve1@example.org");
  });

  test("fails when the library's own cookie is sent along, in any spelling", async () => {
    const eve = new TestBrowser();
    await eve.post("/join", { email: "eve2@example.org" });
    const { code, state } = await makeCode(victim.email);
    eve.cookies.set("_totp", state.replace("_totp=", ""));
    expect((await eve.post("/join/code", { code })).status).toBe(400);
    expect(await eve.identity()).toBe("nobody");
    eve.cookies.set("_totp", `email=${encodeURIComponent(victim.email)}`);
    await eve.post("/join/code", { code: await lastCodeFor("eve2@example.org") });
    expect(await eve.identity()).toBe("eve2@example.org");
  });

  test("fails when one browser asks for both addresses: the newest alone counts, and its own code", async () => {
    const eve = new TestBrowser();
    await eve.post("/join", { email: "eve3@example.org" });
    const ownCode = await lastCodeFor("eve3@example.org");
    const ownCookies = new Map(eve.cookies);
    await eve.post("/join", { email: victim.email });
    expect((await eve.post("/join/code", { code: ownCode })).status).toBe(400);
    expect(await eve.identity()).toBe("nobody");
    // Nor does the former cookie help: its row is gone.
    eve.cookies = ownCookies;
    expect((await eve.post("/join/code", { code: ownCode })).status).toBe(400);
    expect(await eve.identity()).toBe("nobody");
  });

  test("fails when the victim's code is read by somebody with another browser", async () => {
    const eve = new TestBrowser();
    const real = new TestBrowser();
    await real.post("/join", { email: victim.email });
    const code = await lastCodeFor(victim.email);
    expect((await eve.post("/join/code", { code })).status).toBe(400);
    await eve.post("/join", { email: "eve4@example.org" });
    expect((await eve.post("/join/code", { code })).status).toBe(400);
    expect(await eve.identity()).toBe("nobody");
  });

  test("fails when a browser is given the cookie of another that asked for the victim's address", async () => {
    const eve = new TestBrowser();
    await eve.post("/join", { email: "planted@example.org" });
    // The victim's browser holds Eve's cookie, and its owner types the code: the token changes with the right.
    const planted = new TestBrowser();
    planted.cookies = new Map(eve.cookies);
    await planted.post("/join/code", { code: await lastCodeFor("planted@example.org") });
    expect(await planted.identity()).toBe("planted@example.org");
    expect(await eve.identity()).toBe("nobody");
  });

  test("fails with a cookie that was made up, cut, lengthened or sent twice", async () => {
    const eve = new TestBrowser();
    await eve.post("/join", { email: "eve5@example.org" });
    const code = await lastCodeFor("eve5@example.org");
    const token = eve.cookies.get("stoa_join") ?? "";
    const flipped = (token.startsWith("A") ? "B" : "A") + token.slice(1);
    const wrong = [flipped, token.slice(1), `${token}A`, "x", "", "%", "%00", "' or 1=1 --", `${flipped}; x=${token}`];
    for (const value of wrong) {
      const response = await send("/join/code", { cookie: `stoa_join=${value}`, form: { code }, from: eve.from });
      expect([value, response.status]).toEqual([value, 400]);
    }
    expect(await eve.identity()).toBe("nobody");
  });

  test("fails when the last step is sent another address, a role or an id", async () => {
    const eve = new TestBrowser();
    await eve.proveAddress("eve6@example.org");
    const response = await eve.post("/join/profile", {
      username: "eve6",
      name: "Eve",
      password: "four quiet columns",
      email: victim.email,
      emailVerified: "false",
      role: "admin",
      id: victim.id,
      "user.role": "admin",
    });
    expect(response.status).toBe(302);
    const eveRow = await db.user.findUniqueOrThrow({ where: { usernameKey: "eve6" } });
    expect(eveRow).toMatchObject({ email: "eve6@example.org", role: "member", emailVerified: true });
    expect(eveRow.id).not.toBe(victim.id);
    expect(await eve.identity()).toBe("viewer eve6");
  });

  test("fails even for whoever could write into the row: its two addresses must agree", async () => {
    for (const side of ["email", "state"]) {
      const eve = new TestBrowser();
      const email = `eve-${side}@example.org`;
      await eve.post("/join", { email });
      const row = await db.emailProof.findFirstOrThrow({ where: { email } });
      await db.emailProof.update({
        where: { id: row.id },
        data:
          side === "email"
            ? { email: victim.email }
            : { state: row.state.replace(encodeURIComponent(email), encodeURIComponent(victim.email)) },
      });
      expect((await eve.post("/join/code", { code: await lastCodeFor(email) })).status).toBe(400);
      expect(await eve.identity()).toBe("nobody");
    }
  });

  test("has nothing to begin with: the browser is shown no state of the library", async () => {
    const eve = new TestBrowser();
    const answers = [
      await eve.post("/join", { email: "eve7@example.org" }),
      await eve.get("/join/code"),
      await eve.get("/join/code.data"),
      await eve.post("/join/code", { code: "000000" }),
    ];
    const { state, tokenHash } = await db.emailProof.findFirstOrThrow({ where: { email: "eve7@example.org" } });
    const code = await lastCodeFor("eve7@example.org");
    for (const { headers, body } of answers) {
      const everything = JSON.stringify([...headers]) + body;
      for (const secret of [state, "jwe", "_totp", tokenHash, code]) expect(everything).not.toContain(secret);
    }
    expect(eve.cookies.get("stoa_join")).toMatch(/^[\w-]{43}$/);
  });
});
