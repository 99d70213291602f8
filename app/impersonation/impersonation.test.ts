import { beforeEach, describe, expect, test } from "vitest";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { table } from "#app/guards/table.ts";
import { endDueImpersonations, endingKind } from "#app/impersonation/impersonations.server.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let people = 0;
let iris: Person;
let omar: Person;
let mina: Person;

beforeEach(async () => {
  people += 1;
  const letter = "abcdefghjkmnpqrtuvwxyz"[people];
  iris = await createPerson({ username: `iris${letter}`, role: "admin" });
  omar = await createPerson({ username: `omar${letter}`, role: "moderator" });
  mina = await createPerson({ username: `mina${letter}`, name: "Mina the member" });
});

const reason = "She cannot find her post";
const begin = (person = mina, by = iris, form: Record<string, string> = { reason }) =>
  send(`/admin/users/${person.username}/impersonation`, { cookie: by.cookie, form });
const end = (by = iris) => send("/impersonation/end", { cookie: by.cookie, form: {} });

/** Whose page it is, by the frame around it. */
async function seenAs({ cookie }: Pick<Person, "cookie"> = iris, path = "/"): Promise<string> {
  const { body } = await send(path, { cookie });
  return /data-viewer="([^"]+)"/.exec(body)?.[1] ?? "";
}

const endings = () => db.auditEvent.count({ where: { kind: endingKind, userId: mina.id } });

describe("an admin who sees the site as somebody else", () => {
  test("begins with a reason, reads what they read, and goes back", async () => {
    const begun = await begin();
    expect([begun.status, begun.headers.get("location")]).toEqual([302, `/u/${mina.username}`]);
    expect(begun.cookie).toBe("");
    for (const path of ["/", "/hot", "/following", "/notifications", `/u/${mina.username}`, "/no-such-page"]) {
      const page = await send(path, { cookie: iris.cookie });
      expect(page.status, path).toBe(path === "/no-such-page" ? 404 : 200);
      expect(page.body, path).toContain(`You see the site as <strong>@${mina.username}</strong>`);
      expect(page.headers.get("cache-control"), path).toBe("private, no-store");
      expect(page.headers.get("set-cookie"), path).toBeNull();
    }
    const data = await send("/hot.data", { cookie: iris.cookie });
    expect(data.body).toContain("impersonatedBy");
    expect(await seenAs()).toBe(mina.username);
    const ended = await end();
    expect(ended.headers.get("location")).toBe(`/admin/users/${mina.username}`);
    expect(await seenAs()).toBe(iris.username);
    expect((await end()).status).toBe(302);
    expect(await endings()).toBe(1);
  });

  test("makes no session, and nobody else sees anything of it", async () => {
    const before = await db.session.findMany({ orderBy: { id: "asc" }, omit: { updatedAt: true } });
    await begin();
    expect(await db.session.findMany({ orderBy: { id: "asc" }, omit: { updatedAt: true } })).toEqual(before);
    expect(await seenAs(mina)).toBe(mina.username);
    expect((await send("/", { cookie: mina.cookie })).body).not.toContain("You see the site as");
    // Another browser of the same admin.
    expect(await seenAs({ cookie: await createSession(iris.id) })).toBe(iris.username);
    expect((await send("/")).body).not.toContain(mina.username);
  });

  test("reads nothing that is private, and the page says why", async () => {
    const draft = await db.post.create({
      data: { authorId: mina.id, title: "Not yet", body: "x", bodyHtml: "x", excerpt: "x", tags: [] },
    });
    expect((await send(`/p/${draft.id}/not-yet`, { cookie: mina.cookie })).status).toBe(200);
    await begin();
    expect((await send(`/p/${draft.id}/not-yet`, { cookie: iris.cookie })).status).toBe(404);
    const closed = ["/settings/security", "/settings/sessions", "/settings/data", "/settings/security/passkeys"];
    const odd = [
      "/SETTINGS/profile/",
      "/%73ettings/profile",
      "/settings/profile.data",
      "/drafts",
      "/bookmarks",
      "/live",
    ];
    for (const path of [
      ...closed,
      ...odd,
      "/settings/muted",
      "/new",
      "/confirm",
      "/admin/users",
      "/sign-in",
      "/join",
    ]) {
      const page = await send(path, { cookie: iris.cookie });
      expect(page.status, path).toBe(403);
      expect(page.body, path).not.toContain(mina.email);
      if (!path.endsWith(".data") && path !== "/live") {
        expect(page.body, path).toContain("You only read here");
        expect(page.body, path).toContain("You see the site as");
      }
    }
  });

  test("changes nothing through any address of the site, as a page, as data or as a fetch", async () => {
    const post = { authorId: mina.id, status: "published", publishedAt: new Date() } as const;
    const texts = { title: "A post", body: "Words", bodyHtml: "<p>Words</p>", excerpt: "Words", tags: [] };
    await db.post.upsert({ where: { id: 1 }, create: { id: 1, ...post, ...texts }, update: post });
    await begin();
    const tables = await db.$queryRaw<{ name: string }[]>`
      select table_name as name from information_schema.tables
       where table_schema = current_schema() and table_type = 'BASE TABLE'`;
    const state = async () => {
      const sums = tables
        .filter(({ name }) => !["rate_limits", "sessions"].includes(name))
        .map(
          ({ name }) =>
            `(select '${name}' || count(*) || coalesce(md5(string_agg(t::text, '' order by t::text)), '') from "${name}" t)`,
        );
      return JSON.stringify(await db.$queryRawUnsafe(`select array[${sums.join(",")}] as sums`));
    };
    const before = await state();
    const forms = { reason: "Because", on: "true", body: "Words", name: "Somebody", mute: "mute" };
    for (const [pattern, { url }] of Object.entries(table)) {
      if (["impersonation/end", "sign-out"].includes(pattern)) continue;
      const [path = "", query] = url.split("?");
      const asData = `${path === "/" ? "/_" : path}.data${query ? `?${query}` : ""}`;
      for (const address of [url, asData]) {
        for (const form of [{}, forms]) {
          const answer = await send(address, { cookie: iris.cookie, form, headers: { Accept: "application/json" } });
          expect(answer.status, address).toBe(403);
          expect(answer.headers.get("set-cookie"), address).toBeNull();
        }
      }
    }
    expect(await state()).toBe(before);
    expect(await seenAs()).toBe(mina.username);
  }, 60_000);

  test("reads at most what stands in the guard table, and changes nothing by it", async () => {
    await begin();
    for (const [pattern, { url }] of Object.entries(table)) {
      if (pattern === "live") continue;
      const { status, body } = await send(url, { cookie: iris.cookie });
      expect(status, url).toBeLessThan(500);
      expect(body, url).not.toContain(mina.email);
    }
    expect(await seenAs()).toBe(mina.username);
  }, 60_000);
});

describe("it ends", () => {
  test("by itself after a quarter of an hour, and the register has it", async () => {
    await begin();
    await db.$executeRaw`
      update impersonations set started_at = now() - interval '16 minutes', ends_at = now() - interval '1 minute'
       where user_id = ${mina.id}::uuid`;
    expect(await seenAs()).toBe(iris.username);
    expect(await endDueImpersonations()).toBe(1);
    expect(await endings()).toBe(1);
    expect(await endDueImpersonations()).toBe(0);
  });

  test.each(["role", "ban", "session", "signing out", "second factor"])(
    "with the admin's own right: %s",
    async (what) => {
      await begin();
      expect(await seenAs()).toBe(mina.username);
      if (what === "role") await db.user.update({ where: { id: iris.id }, data: { role: "moderator" } });
      if (what === "ban") await banDirectly(iris.id);
      if (what === "session") await db.session.deleteMany({ where: { userId: iris.id } });
      if (what === "signing out") expect((await send("/sign-out", { cookie: iris.cookie, form: {} })).status).toBe(302);
      if (what === "second factor") {
        const since = new Date(Date.now() - 86_400_000).toISOString();
        const value = { staffSecondFactor: true, staffGraceDays: 0, staffSecondFactorSince: since };
        await db.user.update({ where: { id: iris.id }, data: { roleSince: new Date(since) } });
        await db.siteSetting.create({ data: { name: "signIn", value } });
        expect(await seenAs()).toBe(iris.username);
        await db.siteSetting.deleteMany();
        return;
      }
      expect(await seenAs()).not.toBe(mina.username);
      expect(await endings()).toBe(1);
      // It does not come back with the right.
      if (what === "role") {
        await db.user.update({ where: { id: iris.id }, data: { role: "admin" } });
        expect(await seenAs()).toBe(iris.username);
      }
    },
  );

  test.each(["ban", "promotion", "leaving"])("with the person's: %s", async (what) => {
    await begin();
    if (what === "ban") await banDirectly(mina.id);
    if (what === "promotion") await db.user.update({ where: { id: mina.id }, data: { role: "moderator" } });
    if (what === "leaving") {
      const name = `~${people}abcdefabcde`.slice(0, 13);
      await db.user.update({
        where: { id: mina.id },
        data: { username: name, usernameKey: name, usernameSkeleton: name, avatar: "~" },
      });
    }
    expect(await seenAs()).toBe(iris.username);
    expect(await endings()).toBe(1);
  });
});

describe("it does not begin", () => {
  test.each(["", "  ", "x"])("without a reason (%o)", async (text) => {
    expect((await begin(mina, iris, { reason: text })).status).toBe(400);
    expect(await db.impersonation.count({ where: { userId: mina.id } })).toBe(0);
  });

  test("by a moderator or a member, on an admin, on oneself, on who is banned, or without a fresh proof", async () => {
    expect((await begin(mina, omar)).status).toBe(404);
    expect((await begin(omar, mina)).status).toBe(404);
    const other = await createPerson({ username: `other${people}x`, role: "admin" });
    expect((await begin(other)).status).toBe(403);
    expect((await begin(iris)).status).toBe(403);
    await banDirectly(omar.id);
    expect((await begin(omar)).status).toBe(409);
    await db.session.updateMany({ where: { userId: iris.id }, data: { provedAt: new Date(Date.now() - 3_600_000) } });
    expect((await begin()).headers.get("location")).toContain("/confirm");
    expect(await db.impersonation.count({ where: { adminId: iris.id } })).toBe(0);
    expect(await db.auditEvent.count({ where: { kind: "impersonation-began", actorId: iris.id } })).toBe(0);
  });
});

test("the person sees it live and is mailed, by role and reason, without a name", async () => {
  await begin();
  const during = await send("/settings/security", { cookie: mina.cookie });
  expect(during.body).toContain("An admin sees the site as you do now");
  expect(during.body).toContain(reason);
  expect(during.body).not.toContain(iris.username);
  await end();
  const after = await send("/settings/security", { cookie: mina.cookie });
  expect(after.body).toContain("An admin saw the site as you do");
  expect(after.body).toContain("The admin stopped seeing the site as you see it");
  const mails = await db.$queryRaw<{ count: bigint }[]>`select count(*) from pgboss.job where name = 'send-mail'`;
  expect(Number(mails[0]?.count)).toBeGreaterThan(0);
});
