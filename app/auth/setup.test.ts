import { beforeEach, describe, expect, test } from "vitest";
import { createSetupLink } from "#app/auth/setup.server.ts";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const admin = { email: "Iris@example.org", username: "iris", name: "Iris Kallas", password: "four quiet columns" };

beforeEach(async () => {
  // An empty site. The last admin cannot be taken away but with everyone.
  await db.$executeRaw`truncate users, bans, setup_tokens, rate_limits cascade`;
});

async function setupPath(): Promise<string> {
  return (await createSetupLink())?.replace("http://localhost:3000", "") ?? "no link";
}

describe("the setup link", () => {
  test("makes the first admin, signs them in, and is nowhere afterwards", async () => {
    const path = await setupPath();
    expect(path).toMatch(/^\/setup\?token=[\w-]{43}$/);
    const browser = new TestBrowser();
    expect((await browser.get(path)).body).toContain("Set up Stoa");
    const answer = await browser.post(path, admin);
    expect(answer.status).toBe(302);
    expect((await browser.get("/")).body).toContain('data-viewer="iris"');
    const user = await db.user.findUniqueOrThrow({ where: { usernameKey: "iris" }, include: { accounts: true } });
    expect(user).toMatchObject({ role: "admin", email: "iris@example.org", emailVerified: false });
    expect(user.accounts).toHaveLength(1);
    expect(await db.auditEvent.findFirst({ where: { userId: user.id } })).toMatchObject({
      kind: "joined",
      details: { proof: "setup" },
    });

    for (const { cookie } of [browser, new TestBrowser()]) {
      expect((await send(path, { cookie })).status).toBe(404);
      expect((await send(path, { cookie, form: { ...admin, username: "second" } })).status).toBe(404);
    }
    expect(await createSetupLink()).toBeNull();
    const signedIn = new TestBrowser();
    await signedIn.post("/sign-in", { identifier: "iris", password: admin.password });
    expect((await signedIn.get("/")).body).toContain('data-viewer="iris"');
  });

  test("is not to be guessed, and not in the database", async () => {
    const path = await setupPath();
    const token = path.split("=")[1] ?? "";
    for (const wrong of ["/setup", "/setup?token=", "/setup?token=x", `/setup?token=${"A".repeat(43)}`, `${path}x`]) {
      expect([wrong, (await send(wrong)).status]).toEqual([wrong, 404]);
      expect([wrong, (await send(wrong, { form: admin })).status]).toEqual([wrong, 404]);
    }
    expect(await db.user.count()).toBe(0);
    expect(JSON.stringify(await db.setupToken.findMany())).not.toContain(token);
  });

  test("ends with the next one, and after a day", async () => {
    const [first, second] = [await setupPath(), await setupPath()];
    expect((await send(first)).status).toBe(404);
    expect((await send(second)).status).toBe(200);
    await db.setupToken.updateMany({ data: { expiresAt: new Date() } });
    expect((await send(second)).status).toBe(404);
    expect((await send(second, { form: admin })).status).toBe(404);
  });

  test("is given as long as there is no admin, also when members have come before", async () => {
    const member = await createPerson({ username: "early-bird" });
    expect(await createSetupLink()).not.toBeNull();
    await db.user.update({ where: { id: member.id }, data: { role: "moderator" } });
    expect(await createSetupLink()).not.toBeNull();
    await db.user.update({ where: { id: member.id }, data: { role: "admin" } });
    expect(await createSetupLink()).toBeNull();
  });
});

test("two at once make one admin", async () => {
  const path = await setupPath();
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, n) =>
      send(path, { from: `198.19.2.${n}`, form: { ...admin, username: `iris-${n}`, email: `iris-${n}@example.org` } }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 404, 404, 404, 404, 404]);
  expect(await db.user.count()).toBe(1);
});

test("what does not hold comes back beside its field, and the link stays open", async () => {
  await createPerson({ username: "taken", email: "taken@example.org" });
  const path = await setupPath();
  const browser = new TestBrowser();
  for (const [wrong, message] of [
    [{ username: "Taken" }, "That username is taken."],
    [{ email: "taken@example.org" }, "That address is taken."],
    [{ email: "nowhere" }, "Enter an e-mail address"],
    [{ username: "stoa" }, "reserved"],
    [{ password: "password" }, "first passwords"],
    [{ password: "iris@example.org" }, "Leave your names"],
    [{ name: "" }, "Enter your name."],
  ] as const) {
    const { status, body } = await browser.post(path, { ...admin, ...wrong });
    expect(status).toBe(400);
    expect(body).toContain(message);
    expect(body).not.toContain(admin.password);
  }
  expect(await db.user.count({ where: { role: "admin" } })).toBe(0);
  expect((await browser.post(path, admin)).status).toBe(302);
});
