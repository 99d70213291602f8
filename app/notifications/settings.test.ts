import { beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { createComment, createPost, happens } from "#app/notifications/test-notifications.ts";
import { unsubscribeUrl } from "#app/notifications/unsubscribe-token.server.ts";
import { db } from "#app/server/database.server.ts";
import { send, siteUrl, type TestRequest } from "#app/server/test-request.ts";
import { scriptsThatRun } from "#app/site/test-scripts.ts";

let mina: Person;
let omar: Person;
let round = 0;

beforeEach(async () => {
  round += 1;
  const tail = "abcdefghjkmnpqrtuvwxyz"[round];
  mina = await createPerson({ username: `mina-${tail}`, name: "Mina" });
  omar = await createPerson({ username: `omar-${tail}`, name: "Omar" });
});

const asItIs = {
  "site-reply": "on",
  "mail-reply": "daily",
  "site-mention": "on",
  "mail-mention": "daily",
  "site-follow": "on",
  "mail-follow": "off",
  "site-reaction": "on",
  "mail-reaction": "off",
  "mail-moderation": "at_once",
};

const save = (form: Record<string, string | undefined>, person = mina) =>
  send("/settings/notifications", { cookie: person.cookie, form });
const settingsOf = (person = mina) =>
  db.notificationSetting.findMany({ where: { userId: person.id }, orderBy: { kind: "asc" }, omit: { userId: true } });
const reply = async (actor = omar) => {
  const commentId = await createComment(actor, await createPost(mina));
  await happens({ kind: "reply", userId: mina.id, actorId: actor.id, commentId });
  return db.notification.findFirst({ where: { commentId } });
};

test("Mina sees what holds without her, changes it, and sees it kept", async () => {
  const before = await send("/settings/notifications", { cookie: mina.cookie });
  expect(before.body).toMatch(/<option value="daily" selected=""/);
  const answer = await save({ ...asItIs, "site-follow": undefined, "mail-reply": "weekly" });
  expect(answer.headers.get("Location")).toBe("/settings/notifications?saved");
  expect(await settingsOf()).toEqual([
    { kind: "reply", onSite: true, mail: "weekly" },
    { kind: "mention", onSite: true, mail: "daily" },
    { kind: "follow", onSite: false, mail: "off" },
    { kind: "reaction", onSite: true, mail: "off" },
    { kind: "moderation", onSite: true, mail: "at_once" },
  ]);
  const after = await send("/settings/notifications?saved", { cookie: mina.cookie });
  expect(after.body).toContain("Saved.");
  expect(after.body).toMatch(/<option value="weekly" selected=""/);
  expect(after.body.match(/type="checkbox"[^>]*checked/g)).toHaveLength(3);
});

test("what is not a choice comes back with a message, and nothing is kept", async () => {
  for (const wrong of [{ "mail-reply": "hourly" }, { "mail-reply": undefined }, { "site-reply": "yes" }]) {
    expect((await save({ ...asItIs, ...wrong })).status).toBe(400);
  }
  expect(await settingsOf()).toEqual([]);
});

test("moderation is told on the site whatever the form says", async () => {
  await save({ ...asItIs, "site-moderation": "off", "mail-moderation": "off" });
  expect(await settingsOf()).toContainEqual({ kind: "moderation", onSite: true, mail: "off" });
});

test("a kind that is switched off is not told; one that is wanted by mail only is in no list and no count", async () => {
  await save({ ...asItIs, "site-reply": undefined, "mail-reply": "off" });
  expect(await reply()).toBeNull();
  await save({ ...asItIs, "site-reply": undefined, "mail-reply": "daily" });
  expect(await reply()).toMatchObject({ onSite: false, readAt: null, mailAt: expect.any(Date) });
  const { body } = await send("/notifications", { cookie: mina.cookie });
  expect(body).toContain("Nothing to tell you yet");
  expect(body).not.toContain("unread-badge");
});

test("the mail of a day leaves at seven in the morning, that of a week on a Monday", async () => {
  for (const [frequency, days] of [
    ["daily", 1],
    ["weekly", 7],
  ] as const) {
    await save({ ...asItIs, "mail-reply": frequency });
    const { mailAt } = (await reply()) ?? {};
    expect(mailAt?.toISOString()).toMatch(/T07:00:00.000Z$/);
    const aheadMs = (mailAt?.getTime() ?? 0) - Date.now();
    expect(aheadMs).toBeGreaterThan(0);
    expect(aheadMs).toBeLessThanOrEqual(days * 86_400_000);
    if (frequency === "weekly") expect(mailAt?.getUTCDay()).toBe(1);
  }
});

test("who changes how often gets what waits at the new time, and nothing after saying never", async () => {
  const line = await reply();
  const mailAt = async () => (await db.notification.findUniqueOrThrow({ where: { id: line?.id } })).mailAt;
  await save({ ...asItIs, "mail-reply": "weekly" });
  expect((await mailAt())?.getUTCDay()).toBe(1);
  await save({ ...asItIs, "mail-reply": "off" });
  expect(await mailAt()).toBeNull();
});

test("whatever statement of saving fails, nothing is kept", async () => {
  const line = await reply();
  const state = async () => [await settingsOf(), await db.notification.findUnique({ where: { id: line?.id } })];
  const before = await state();
  let failures = 0;
  for (let failing = 1; ; failing++) {
    let failed = false;
    const answer = await send("/settings/notifications", {
      cookie: mina.cookie,
      form: { ...asItIs, "mail-reply": "off" },
      beforeStatement: (text, index) => {
        if (failed || index !== failing || text === "COMMIT") return;
        failed = true;
        throw new Error("the connection broke");
      },
    });
    if (answer.status === 302) break;
    failures += 1;
    expect(await state()).toEqual(before);
  }
  expect(failures).toBe(4);
});

test("a mail's link shows what it ends and changes nothing; its button ends it, signed in nowhere", async () => {
  const link = unsubscribeUrl({ userId: mina.id, kinds: ["mention", "reply"] });
  expect(link.length).toBeLessThan(200);
  const path = link.replace(siteUrl, "");
  const page = await send(path);
  expect(page.body).toContain("Stop mails about replies and mentions?");
  expect(page.headers.get("Cache-Control")).toBe("no-store");
  expect(scriptsThatRun(page.body)).toEqual([]);
  expect(/<form(?=[^>]*method="post")[^>]*action="([^"]*)"/.exec(page.body)?.[1]?.replaceAll("&amp;", "&")).toBe(path);
  expect(await settingsOf()).toEqual([]);
  await save({ ...asItIs, "site-mention": undefined });
  const done = await send(path, { form: {} });
  expect(done.body).toContain("No more mails about replies and mentions");
  expect(await settingsOf()).toEqual(
    expect.arrayContaining([
      { kind: "reply", onSite: true, mail: "off" },
      { kind: "mention", onSite: false, mail: "off" },
      { kind: "moderation", onSite: true, mail: "at_once" },
    ]),
  );
});

test("a mail program ends mails by one POST, from elsewhere, with a body or without, and again", async () => {
  const line = await reply();
  const path = unsubscribeUrl({ userId: mina.id, kinds: ["reply"] }).replace(siteUrl, "");
  const sendings: TestRequest[] = [
    {},
    { form: { "List-Unsubscribe": "One-Click" }, headers: { Origin: "https://mail.example" } },
    { headers: { "Sec-Fetch-Site": "cross-site", Origin: "null" } },
  ];
  for (const sent of sendings) expect((await send(path, { method: "POST", ...sent })).status).toBe(200);
  expect(await settingsOf()).toEqual([{ kind: "reply", onSite: true, mail: "off" }]);
  expect(await db.notification.findUnique({ where: { id: line?.id } })).toMatchObject({ mailAt: null, readAt: null });
});

test("a link that we did not write ends nothing", async () => {
  const token = new URL(unsubscribeUrl({ userId: mina.id, kinds: ["reply"] })).searchParams.get("token") ?? "";
  const [, kinds, signature] = token.split(".");
  for (const forged of [
    "",
    "x",
    token.slice(0, -1),
    `${token}x`,
    `${omar.id}.${kinds}.${signature}`,
    `${mina.id}.reply-mention.${signature}`,
    `${token}.more`,
  ]) {
    const path = `/unsubscribe?token=${encodeURIComponent(forged)}`;
    expect((await send(path)).status, forged).toBe(404);
    expect((await send(path, { method: "POST" })).status, forged).toBe(404);
  }
  expect(await db.notificationSetting.count({ where: { userId: { in: [mina.id, omar.id] } } })).toBe(0);
});

test("only this one address takes forms from elsewhere, in this one spelling", async () => {
  const { search } = new URL(unsubscribeUrl({ userId: mina.id, kinds: ["reply"] }));
  for (const path of ["/Unsubscribe", "/unsubscribe/", "/unsubscribe.data", "//unsubscribe", "/unsubscribe/x"]) {
    const answer = await send(path + search, { method: "POST", headers: { Origin: "https://evil.example" } });
    expect(answer.status, path).toBe(403);
  }
  expect(await settingsOf()).toEqual([]);
});

test("somebody whose account is gone harms nothing", async () => {
  const path = unsubscribeUrl({ userId: "01a1f833-2695-7726-b2d3-f140121b8ece", kinds: ["reply"] }).replace(
    siteUrl,
    "",
  );
  expect((await send(path, { method: "POST" })).status).toBe(200);
});
