import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { lastCodeFor, TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const rolePage = "/admin/users/bela/role";
const wanted = { role: "moderator", reason: "Answers newcomers kindly" };

let iris: Person;
let browser: TestBrowser;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
  await createPerson({ username: "bela" });
});

beforeEach(async () => {
  await db.user.update({ where: { usernameKey: "bela" }, data: { role: "member" } });
  await db.session.updateMany({ data: { provedAt: new Date(Date.now() - 11 * 60_000) } });
  browser = new TestBrowser();
  const [name = "", value = ""] = iris.cookie.split("=");
  browser.cookies.set(name, value);
});

async function roleOfBela() {
  return (await db.user.findUniqueOrThrow({ where: { usernameKey: "bela" } })).role;
}

describe("ten minutes after the last proof", () => {
  test("a sensitive page asks for another one, and leads back to itself", async () => {
    const asked = await browser.get(rolePage);
    expect(asked.headers.get("location")).toBe(`/confirm?redirectTo=${encodeURIComponent(rolePage)}`);
    const answer = await browser.post("/confirm/password", { password: iris.password, redirectTo: rolePage });
    expect(answer.headers.get("location")).toBe(`/confirm?redirectTo=${encodeURIComponent(rolePage)}`);
    const back = await browser.get(answer.headers.get("location") ?? "");
    expect(back.headers.get("location")).toBe(rolePage);
    expect((await browser.get(rolePage)).status).toBe(200);
  });

  test("a form that was sent changes nothing, and is offered again whole after the proof", async () => {
    const sent = await browser.post(rolePage, { ...wanted, password: "never kept" });
    expect(sent.headers.get("location")).toContain("/confirm?");
    expect(await roleOfBela()).toBe("member");
    await browser.post("/confirm/password", { password: iris.password, redirectTo: rolePage });
    const offered = await browser.get(`/confirm?redirectTo=${encodeURIComponent(rolePage)}`);
    expect(offered.body).toContain(`action="${rolePage}"`);
    expect(offered.body).toContain('value="Answers newcomers kindly"');
    expect(offered.body).not.toContain("never kept");
    await browser.post(rolePage, wanted);
    expect(await roleOfBela()).toBe("moderator");
  });

  test("a wrong password proves nothing", async () => {
    const answer = await browser.post("/confirm/password", { password: "not this one", redirectTo: rolePage });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("That is not your password.");
    expect((await browser.get(rolePage)).status).toBe(302);
  });

  test("a code by mail does as well, once", async () => {
    await browser.post("/confirm/code", { send: "true", redirectTo: rolePage });
    const code = await lastCodeFor(iris.email);
    expect((await browser.post("/confirm/code", { code, redirectTo: rolePage })).status).toBe(302);
    expect((await browser.get(rolePage)).status).toBe(200);
    expect((await browser.post("/confirm/code", { code, redirectTo: rolePage })).status).toBe(400);
  });

  test("somebody else's kept form is not offered", async () => {
    await browser.post(rolePage, wanted);
    const other = await createPerson({ username: `other${Date.now() % 1000}`, role: "admin" });
    const cookies = [...browser.cookies].filter(([name]) => name.includes("kept")).map((pair) => pair.join("="));
    const page = await send(`/confirm?redirectTo=${encodeURIComponent(rolePage)}`, {
      cookie: [other.cookie, ...cookies].join("; "),
    });
    expect(page.status).toBe(302);
    expect(page.body).not.toContain("Answers newcomers kindly");
  });
});
