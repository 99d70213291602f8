import { beforeEach, describe, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { send, type TestResponse } from "#app/server/test-request.ts";

let people = 0;
let iris: Person;
let omar: Person;
let mina: Person;

beforeEach(async () => {
  people += 1;
  const letter = "abcdefghjkmnpqrtuvwxyz"[people];
  iris = await createPerson({ username: `iris${letter}`, role: "admin" });
  omar = await createPerson({ username: `omar${letter}`, role: "moderator" });
  mina = await createPerson({ username: `mina${letter}` });
  await db.siteSetting.deleteMany();
});

/** Whose frame is around a page, and what it offers. */
function frameOf({ body, headers }: TestResponse) {
  const places = /<nav class="places"[\s\S]*?<\/nav>/.exec(body)?.[0] ?? "";
  return {
    viewer: /data-viewer="([^"]+)"/.exec(body)?.[1] ?? null,
    signIn: places.includes('href="/sign-in"'),
    signOut: places.includes('action="/sign-out"'),
    scripts: body.includes("<script"),
    kept: headers.get("cache-control"),
  };
}

const own = (person: Person) => ({
  viewer: person.username,
  signIn: false,
  signOut: true,
  scripts: false,
  kept: "private, no-store",
});

describe("a refusal before the page's own part", () => {
  test("of a moderator without the second factor has their frame, and the way to one", async () => {
    const long = new Date(0);
    await db.user.updateMany({ where: { id: omar.id }, data: { roleSince: long } });
    const value = { staffSecondFactor: true, staffGraceDays: 0, staffSecondFactorSince: long.toISOString() };
    await db.siteSetting.create({ data: { name: "signIn", value } });
    for (const path of ["/moderation", "/admin/users"]) {
      const page = await send(path, { cookie: omar.cookie });
      expect(page.status).toBe(403);
      expect(frameOf(page)).toEqual(own(omar));
      expect(page.body).toContain('href="/settings/security/two-factor"');
    }
  });

  test("of what is closed in the glass box has the banner, with the way out of it", async () => {
    const form = { reason: "She cannot find her post" };
    await send(`/admin/users/${mina.username}/impersonation`, { cookie: iris.cookie, form });
    for (const page of [
      await send("/settings/profile", { cookie: iris.cookie }),
      await send("/new", { cookie: iris.cookie, form: { title: "x" } }),
    ]) {
      expect(page.status).toBe(403);
      expect(page.body).toContain("You only read here");
      expect(frameOf(page)).toEqual(own(mina));
      expect(page.body.match(/You see the site as <strong>/g)).toHaveLength(1);
      expect(page.body).toContain('action="/impersonation/end"');
    }
  });

  test("of what is not theirs, is not there, takes no form, or was too much for an hour has their frame", async () => {
    const counted = ["fresh-proof-by-user", "search-by-user"];
    await db.rateLimit.createMany({
      data: counted.map((limit) => ({ key: `${limit}:${mina.id}`, points: 999, expire: Date.now() + 60_000 })),
    });
    const { cookie } = mina;
    for (const [status, page] of [
      [404, await send("/admin/settings", { cookie })],
      [404, await send("/p/999999999/edit", { cookie })],
      [405, await send("/tags", { cookie, form: {} })],
      [429, await send("/confirm/password", { cookie, form: { password: "x" } })],
      [429, await send("/search?q=tea", { cookie })],
    ] as const) {
      expect(page.status).toBe(status);
      expect(frameOf(page)).toMatchObject({ viewer: mina.username, signIn: false, kept: "private, no-store" });
    }
  });

  test("of a banned person offers no sign-in, but the way out and what is open to them", async () => {
    await banDirectly(mina.id);
    const page = await send("/bookmarks", { cookie: mina.cookie });
    expect([page.status, frameOf(page)]).toEqual([403, own(mina)]);
    expect(page.body).toContain("You are banned");
    expect(page.body).not.toContain('href="/notifications"');
  });

  test("of a visitor has a visitor's frame and nobody's name, also after a member's", async () => {
    await send("/admin/settings", { cookie: mina.cookie });
    const page = await send("/admin/settings");
    expect(page.status).toBe(401);
    expect(frameOf(page)).toEqual({ viewer: null, signIn: true, signOut: false, scripts: false, kept: "no-store" });
    expect(page.body).not.toContain(mina.username);
    const foreign = await send("/new", { cookie: mina.cookie, form: {}, headers: { Origin: "https://evil.example" } });
    expect([foreign.status, frameOf(foreign).viewer]).toEqual([403, null]);
  });
});
