import { beforeEach, describe, expect, test } from "vitest";
import { csvLine } from "#app/admin/csv.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let people = 0;
let iris: Person;
let omar: Person;
let members: Person[];

beforeEach(async () => {
  people += 1;
  const letter = "abcdefghjkmnpqrtuvwxyz"[people];
  iris = await createPerson({ username: `iris${letter}`, role: "admin" });
  omar = await createPerson({ username: `omar${letter}`, role: "moderator" });
  members = await Promise.all([0, 1].map((n) => createPerson({ username: `member${letter}${"ab"[n]}x` })));
});

describe("one act to several people", () => {
  test("shows who and what first, does it to each, and says to whom it was refused", async () => {
    const path = `/admin/bulk/people?kind=ban&${[...members, iris].map(({ username }) => `u=${username}`).join("&")}&u=nobody-here`;
    const shown = await send(path, { cookie: omar.cookie });
    expect(shown.body).toContain("Ban: 3 people");
    expect(shown.body).toContain("not done. Only admins act on an admin");
    expect(await db.ban.count({ where: { moderatorId: omar.id } })).toBe(0);
    const answer = await send(path, { cookie: omar.cookie, form: { duration: "7d", reason: "A flood of adverts" } });
    expect(answer.status).toBe(200);
    expect(answer.body.match(/: done</g)).toHaveLength(2);
    expect(answer.body).toContain("refused. Only admins act on an admin");
    expect(answer.body).toContain("Nobody has that username any more.");
    expect(await db.moderationAction.count({ where: { moderatorId: omar.id, kind: "ban" } })).toBe(2);
  });

  test("a form that does not hold does nothing and comes back; nobody chosen is nothing done", async () => {
    const path = `/admin/bulk/people?kind=ban&u=${members[0]?.username}`;
    const answer = await send(path, { cookie: omar.cookie, form: { reason: "Kept words" } });
    expect([answer.status, answer.body.includes("Kept words")]).toEqual([400, true]);
    const form = { reason: "Words" };
    expect((await send("/admin/bulk/people?kind=warn", { cookie: omar.cookie, form })).status).toBe(400);
    for (const query of ["", "?kind=role&u=x", "?u=%27;&u=a&u=a", "?kind=constructor"]) {
      expect((await send(`/admin/bulk/people${query}`, { cookie: omar.cookie })).status, query).toBe(200);
    }
    expect(await db.moderationAction.count({ where: { moderatorId: omar.id } })).toBe(0);
  });
});

describe("the list as a file", () => {
  test("is for admins with a fresh proof, holds what the filters say, and is in the register", async () => {
    await db.user.update({ where: { id: members[0]?.id }, data: { name: '=HYPERLINK("https://evil.example")' } });
    const file = await send(`/admin/users.csv?q=${members[0]?.username}`, { cookie: iris.cookie });
    expect(file.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(file.headers.get("cache-control")).toBe("private, no-store");
    const lines = file.body.trim().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(
      `"${members[0]?.username}","'=HYPERLINK(""https://evil.example"")","${members[0]?.email}"`,
    );
    expect(await db.auditEvent.count({ where: { actorId: iris.id, kind: "people-exported" } })).toBe(1);
    expect((await send("/admin/users.csv", { cookie: omar.cookie })).status).toBe(404);
    await db.session.updateMany({ where: { userId: iris.id }, data: { provedAt: new Date(Date.now() - 3_600_000) } });
    expect((await send("/admin/users.csv", { cookie: iris.cookie })).headers.get("location")).toContain("/confirm");
  });

  test("has everybody once, over many pages", async () => {
    await db.$executeRaw`
      insert into users (id, username, username_key, username_skeleton, name, email, updated_at)
      select gen_random_uuid(), 'walker' || ${people} || '-' || n, 'walker' || ${people} || '-' || n, 'walker' || ${people} || '-' || n,
             'Walker', 'walker' || ${people} || '-' || n || '@example.net', now() from generate_series(1, 2300) n`;
    const { body } = await send("/admin/users.csv", { cookie: iris.cookie });
    const names = body
      .trim()
      .split("\r\n")
      .slice(1)
      .map((line) => line.split(",")[0]);
    expect([names.length, new Set(names).size]).toEqual([await db.user.count(), names.length]);
  });

  test.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])("%j is text and no formula", (text) => {
    expect(csvLine([text])).toBe(`"'${text}"\r\n`);
  });
});

test("each of the staff keeps their own searches", async () => {
  const keep = (by: Person, name: string, query = "role=admin&after=x&nonsense=1") =>
    send("/admin/filters", { cookie: by.cookie, form: { name, query } });
  expect((await keep(iris, "Admins")).status).toBe(302);
  await keep(iris, "Admins", "role=moderator");
  const [filter] = await db.savedFilter.findMany({ where: { userId: iris.id } });
  expect(filter).toMatchObject({ name: "Admins", query: "role=moderator" });
  expect((await send("/admin/users", { cookie: iris.cookie })).body).toContain("/admin/users?role=moderator");
  expect((await send("/admin/users", { cookie: omar.cookie })).body).not.toContain("Remove the search");
  const removal = `/admin/filters/${filter?.id}/removal`;
  expect((await send(removal, { cookie: omar.cookie, form: {} })).status).toBe(404);
  expect((await send(removal, { cookie: iris.cookie, form: {} })).status).toBe(302);
  for (let n = 0; n < 21; n++) await keep(omar, `Search ${n}`);
  expect(await db.savedFilter.count({ where: { userId: omar.id } })).toBe(20);
});
