import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { inviteBy, setMode } from "#app/joining/test-joining.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let admin: Person;
let people = 0;

const somebody = (more = {}) => createPerson({ username: `person-${people++}x`, ...more });

beforeAll(async () => {
  admin = await createPerson({ username: "iris", role: "admin" });
});

beforeEach(async () => {
  await db.rateLimit.deleteMany();
  await setMode("invite", { invitesPerMember: 3 });
});

const make = (person: Person, form: Record<string, string> = {}) =>
  send("/settings/invites", { cookie: person.cookie, form: { uses: "1", days: "7", note: "", ...form } });

/** Without what React puts between two pieces of text. */
const textOf = ({ body }: { body: string }) => body.replaceAll("<!-- -->", "");

const linkIn = (body: string) => /\/join\?invite=[\w-]{43}/.exec(body)?.[0];

async function joinBy(link: string, username = `guest-${people++}x`): Promise<string | null> {
  const browser = new TestBrowser();
  await browser.get(link);
  await browser.proveAddress(`${username}@example.org`);
  const form = { username, name: "Somebody", password: "four quiet columns" };
  return (await browser.post("/join/profile", form)).headers.get("location");
}

describe("a member's invites", () => {
  test("are links that are shown once, and whose codes stand nowhere", async () => {
    const mina = await somebody();
    const link = linkIn((await make(mina, { note: "For Bo" })).body) ?? "";
    const page = await send("/settings/invites", { cookie: mina.cookie });
    expect(textOf(page)).toContain("For Bo");
    expect(linkIn(textOf(page))).toBeUndefined();
    const code = link.slice(-43);
    const stored = JSON.stringify([await db.invite.findMany(), await db.auditEvent.findMany()]);
    expect(stored).not.toContain(code);
    const visitor = await new TestBrowser().get(link);
    expect(visitor.body).toContain(`from @${mina.username} is good`);
    expect(visitor.headers.get("cache-control")).toBe("private, no-store");
    expect(await joinBy(link, "bo-guest")).toBe("/welcome");
    expect(textOf(await send("/settings/invites", { cookie: mina.cookie }))).toContain("@bo-guest");
    expect(await joinBy(link)).toBe("/join/request");
  });

  test("are as many as the site says in 30 days, also when asked for at once; admins are not counted", async () => {
    const mina = await somebody();
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => make(mina)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.find(({ status }) => status === 400)?.body).toContain("given away all places");
    expect((await make(mina, { uses: "2" })).status).toBe(400);
    expect((await make(admin, { uses: "100" })).status).toBe(200);
    const [invite] = await db.invite.findMany({ where: { inviterId: mina.id } });
    await send(`/settings/invites/${invite?.id}/revocation`, { cookie: mina.cookie, form: {} });
    expect((await make(mina)).status, "a place taken back").toBe(200);
  });

  const wrongs: Record<string, string>[] = [
    { uses: "0" },
    { uses: "101" },
    { uses: "x" },
    { days: "365" },
    { note: "x".repeat(201) },
  ];
  test.each(wrongs)("come back with what is wrong: %o", async (form) => {
    const count = await db.invite.count();
    expect((await make(admin, form)).status).toBe(400);
    expect(await db.invite.count()).toBe(count);
  });

  test("open nothing once they are taken back, expired, or their giver is banned or silenced", async () => {
    const [mina, other] = [await somebody(), await somebody()];
    const code = await inviteBy(mina.id, { uses: 5 });
    const { id } = await db.invite.findFirstOrThrow({ where: { inviterId: mina.id } });
    const revoke = (cookie: string) => send(`/settings/invites/${id}/revocation`, { cookie, form: {} });
    expect((await revoke(other.cookie)).status).toBe(404);
    expect(await joinBy(`/join?invite=${code}`)).toBe("/welcome");
    expect((await revoke(mina.cookie)).status).toBe(302);
    expect(await joinBy(`/join?invite=${code}`)).toBe("/join/request");
    expect((await new TestBrowser().get(`/join?invite=${code}`)).body).toContain("does not work any more");
    const expired = await inviteBy(mina.id, { days: -1 });
    expect(await joinBy(`/join?invite=${expired}`)).toBe("/join/request");
    const resting = await inviteBy(other.id);
    await banDirectly(other.id);
    expect(await joinBy(`/join?invite=${resting}`)).toBe("/join/request");
    await db.user.update({ where: { id: mina.id }, data: { silencedUntil: new Date(Date.now() + 60_000) } });
    expect((await make(mina)).body).toContain("while you are silenced");
  });

  test.each(["x", "../../etc", "%00", "a".repeat(43)])("are not forged: %s", async (code) => {
    const answer = await new TestBrowser().get(`/join?invite=${code}`);
    expect([answer.status, answer.body.includes("does not work any more")]).toEqual([200, true]);
  });

  test("leave nothing behind, whatever statement of making one fails", async () => {
    const mina = await somebody();
    const before = [await db.invite.count(), await db.auditEvent.count()];
    const form = { uses: "1", days: "7" };
    let failures = 0;
    for (let failing = 1; ; failing++) {
      const sent = { cookie: mina.cookie, form, beforeStatement: failAt(failing) };
      const { status } = await send("/settings/invites", sent);
      // What comes after the transaction only reads.
      if (status === 200 || (await db.invite.count()) > (before[0] ?? 0)) break;
      expect([await db.invite.count(), await db.auditEvent.count()]).toEqual(before);
      failures += 1;
    }
    expect(failures).toBeGreaterThanOrEqual(4);
  });
});

describe("the tree of who brought whom", () => {
  test("shows everybody below a person, and ends a branch: exactly those who were shown are concerned", async () => {
    const mina = await somebody();
    await joinBy(`/join?invite=${await inviteBy(mina.id)}`, "first-guest");
    const first = await db.user.findUniqueOrThrow({ where: { usernameKey: "first-guest" } });
    await joinBy(`/join?invite=${await inviteBy(first.id)}`, "second-guest");
    const second = await db.user.findUniqueOrThrow({ where: { usernameKey: "second-guest" } });
    const open = await inviteBy(second.id);
    await inviteBy(mina.id);
    const url = `/admin/invites/${mina.username}`;
    const page = await send(url, { cookie: admin.cookie });
    expect(textOf(page).indexOf("@first-guest")).toBeLessThan(textOf(page).indexOf("@second-guest"));
    const shown = /name="people" value="([^"]*)"/.exec(textOf(page))?.[1] ?? "";
    expect(shown.split(" ")).toEqual([first.id, second.id]);
    await joinBy(`/join?invite=${await inviteBy(first.id)}`, "late-guest");
    const late = await db.user.findUniqueOrThrow({ where: { usernameKey: "late-guest" } });
    const stranger = await somebody();
    const form = { people: `${shown} ${stranger.id}`, act: "ban-30d", reason: "A ring of advertisers." };
    expect((await send(url, { cookie: admin.cookie, form: { ...form, reason: "" } })).status).toBe(400);
    const done = await send(url, { cookie: admin.cookie, form });
    expect(done.body).toContain("Done to 2 people");
    const banned = await db.user.findMany({ where: { banned: true }, select: { id: true } });
    const ids = banned.map(({ id }) => id);
    expect([first.id, second.id, late.id, stranger.id, mina.id].map((id) => ids.includes(id))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(
      await db.moderationAction.count({ where: { kind: "ban", subjectUserId: { in: [first.id, second.id] } } }),
    ).toBe(2);
    expect(await joinBy(`/join?invite=${open}`)).toBe("/join/request");
    expect(await db.invite.count({ where: { inviterId: mina.id, revokedAt: null, usesLeft: { gt: 0 } } })).toBe(0);
    expect(await db.arrival.count({ where: { inviterId: { in: [mina.id, first.id] } } }), "rows outlive it").toBe(3);
    const record = await send("/admin/users/second-guest", { cookie: admin.cookie });
    expect(textOf(record)).toMatch(/Brought by[\s\S]{0,200}@first-guest/);
  });

  test("is the admins' alone, and lists every invite without its maker's note", async () => {
    const mina = await somebody();
    await make(mina, { note: "between us" });
    const page = await send("/admin/invites", { cookie: admin.cookie });
    expect(textOf(page)).toContain(`@${mina.username}`);
    expect(textOf(page)).not.toContain("between us");
    for (const url of ["/admin/invites", `/admin/invites/${mina.username}`]) {
      expect((await send(url, { cookie: (await somebody({ role: "moderator" })).cookie })).status).toBe(404);
    }
    expect((await send("/admin/invites/nobody-here", { cookie: admin.cookie })).status).toBe(404);
  });
});
