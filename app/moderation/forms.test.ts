import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { snapshot } from "#app/moderation/test-bans.ts";
import { send } from "#app/server/test-request.ts";

let admin: Person;
let moderator: Person;
let member: Person;

beforeAll(async () => {
  admin = await createPerson({ username: "iris", role: "admin" });
  moderator = await createPerson({ username: "omar", role: "moderator" });
  member = await createPerson({ username: "mina", name: "Mina <b>" });
});

const good = { duration: "7d", reason: "Adverts again" };

test.each([
  ["no reason", { ...good, reason: "" }, "Say why."],
  ["a reason of two letters", { ...good, reason: " no " }, "at least 3 characters"],
  ["a reason that nobody can see", { ...good, reason: "\u200b\u200b\u200b\u2060" }, "at least 3 characters"],
  ["a reason of 501 letters", { ...good, reason: "a".repeat(501) }, "at most 500 characters"],
  ["a reason with a null character", { ...good, reason: "abc\u0000def" }, "cannot be kept"],
  ["no duration", { reason: good.reason }, "Choose how long."],
  ["a duration of its own making", { ...good, duration: "999y" }, "Choose how long."],
  ["nested fields", { duration: "7d", "reason[text]": "Adverts" }, ""],
])("a ban with %s comes back with a message, and changes nothing", async (_what, form, message) => {
  const before = await snapshot();
  const answer = await send("/admin/users/mina/ban", { cookie: admin.cookie, form });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain(message);
  expect(await snapshot()).toEqual(before);
});

test("what was typed is still there when the form comes back, and the message belongs to its field", async () => {
  const answer = await send("/admin/users/mina/ban", {
    cookie: admin.cookie,
    form: { duration: "", reason: "Adverts & <more>" },
  });
  expect(answer.body).toContain("Adverts &amp; &lt;more&gt;");
  expect(answer.body).toMatch(/<select[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*ban-duration-error/);
});

test("fields that the form does not have change nothing", async () => {
  const person = await createPerson({ username: "extra" });
  await send("/admin/users/extra/ban", {
    cookie: admin.cookie,
    form: { ...good, role: "admin", moderatorId: member.id, username: "mina", createdAt: "2001-01-01" },
  });
  const page = await send(`/admin/users/${person.username}`, { cookie: admin.cookie });
  expect(page.body).toContain("@iris");
  const mina = await send("/admin/users/mina", { cookie: admin.cookie });
  expect(mina.body).not.toContain("Adverts again");
});

test("line breaks of a reason count once and are kept", async () => {
  await createPerson({ username: "lines" });
  const reason = `first\r\n${"x".repeat(494)}`;
  const answer = await send("/admin/users/lines/ban", { cookie: admin.cookie, form: { ...good, reason } });
  expect(answer.status).toBe(302);
});

test.each(["nobody-here", "%00", "a%2Fb", "%F0%9F%98%80", "x".repeat(300)])(
  "acts on %s answer 404",
  async (username) => {
    for (const act of ["ban", "unban", "role", "sessions"]) {
      const path = `/admin/users/${username}/${act}`;
      expect((await send(path, { cookie: admin.cookie })).status, path).toBe(404);
      const form = { ...good, role: "member" };
      expect((await send(path, { cookie: admin.cookie, form })).status, path).toBe(404);
    }
  },
);

test("a page says before the act what it will do, and asks nothing of whoever may not do it", async () => {
  const page = await send("/admin/users/mina/ban", { cookie: moderator.cookie });
  expect(page.body).toContain("What will happen");
  expect(page.body).toContain("Mina &lt;b&gt;");
  expect(page.body.lastIndexOf("Cancel")).toBeLessThan(page.body.indexOf("Ban @mina</button>"));
  const refused = await send("/admin/users/iris/ban", { cookie: moderator.cookie });
  expect(refused.status).toBe(403);
  expect(refused.body).toContain("Only admins act on an admin, and two of them.");
  expect(refused.body).not.toContain("<textarea");
});

test("the result of an act stands first in the person's record", async () => {
  await createPerson({ username: "recorded" });
  const form = { role: "moderator", reason: "Patient <with> everyone" };
  await send("/admin/users/recorded/role", { cookie: admin.cookie, form });
  await send("/admin/users/recorded/ban", { cookie: admin.cookie, form: good });
  const page = await send("/admin/users/recorded", { cookie: admin.cookie });
  const record = page.body.slice(page.body.indexOf('id="record"'));
  expect(record.indexOf("Adverts again")).toBeGreaterThan(0);
  expect(record.indexOf("Adverts again")).toBeLessThan(record.indexOf("Patient &lt;with&gt; everyone"));
});

test("a form that is none is refused", async () => {
  for (const path of ["/admin/users/mina/ban", "/admin/users/mina/ban.data"]) {
    const answer = await send(path, {
      method: "POST",
      cookie: admin.cookie,
      headers: { "Content-Type": "application/json", Origin: "http://localhost:3000" },
    });
    expect(answer.status, path).toBe(400);
  }
});
