import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Person } from "#app/auth/test-people.ts";

/** A real mail server on loopback that keeps what it is given. */
const received: string[] = [];
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onData(stream, _, done) {
    const parts: Buffer[] = [];
    stream.on("data", (part: Buffer) => parts.push(part));
    stream.on("end", () => {
      received.push(Buffer.concat(parts).toString());
      done();
    });
  },
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
process.env.SMTP_URL = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`; // listens on TCP

const { createPerson } = await import("#app/auth/test-people.ts");
const { banDirectly } = await import("#app/moderation/test-bans.ts");
const { mailDueNotifications } = await import("#app/notifications/mailing.server.ts");
const { createComment, createPost, happens } = await import("#app/notifications/test-notifications.ts");
const { db } = await import("#app/server/database.server.ts");
const { startMailing } = await import("#app/server/mail.server.ts");
const { withRequestScope } = await import("#app/server/request-scope.server.ts");
const { send, siteUrl } = await import("#app/server/test-request.ts");

beforeAll(startMailing);
afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

let mina: Person;
let omar: Person;
let round = 0;

beforeEach(async () => {
  round += 1;
  const tail = "abcdefghjkmnpqrtuvwxyz"[round];
  await db.notification.deleteMany();
  mina = await createPerson({ username: `mina-${tail}`, name: "Mina" });
  omar = await createPerson({ username: `omar-${tail}`, name: "Omar <b>" });
});

async function reply(words = "Well said", from = omar): Promise<void> {
  const commentId = await createComment(from, await createPost(mina), words);
  await happens({ kind: "reply", userId: mina.id, actorId: from.id, commentId });
}

const want = (kind: "reply" | "reaction", mail: "at_once" | "daily" | "weekly" | "off") =>
  db.notificationSetting.create({ data: { userId: mina.id, kind, onSite: true, mail } });

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000);
const tomorrow = () => inMinutes(24 * 60 + 1);

/** What came for Mina. */
async function mails(count: number): Promise<string[]> {
  const hers = () => received.filter((mail) => mail.includes(`To: ${mina.email}`));
  await expect.poll(() => hers().length).toBe(count);
  return hers().map((mail) => mail.replaceAll("=\r\n", "").replaceAll("=3D", "="));
}

test("ten replies in a minute are one mail, which says all of them as text and as HTML", async () => {
  await want("reply", "at_once");
  for (let number = 1; number <= 10; number++) await reply(`Answer number ${number}`);
  expect(await mailDueNotifications()).toBe(0);
  expect(await mailDueNotifications(inMinutes(2))).toBe(1);
  const [mail = ""] = await mails(1);
  expect(mail).toContain(`To: ${mina.email}`);
  expect(mail).toContain("Subject: 10 new notifications on Stoa");
  const [, text = "", html = ""] = mail.split(/^Content-Type: text\//m);
  for (let number = 1; number <= 10; number++) {
    expect(text).toContain(`Answer number ${number}`);
    expect(html).toContain(`Answer number ${number}`);
  }
  expect(html).not.toContain("Omar <b>");
  expect(text).toMatch(new RegExp(`${siteUrl}/p/\\d+/on-benches\\?thread=\\d+#comment-\\d+`));
});

test("a mail has the headers by which a mail program ends such mails, and they work", async () => {
  await want("reply", "at_once");
  await reply();
  await mailDueNotifications(inMinutes(2));
  const [mail = ""] = await mails(1);
  expect(mail).toContain("List-Unsubscribe-Post: List-Unsubscribe=One-Click");
  const [, link = ""] = /^List-Unsubscribe: <([^>\s]+)>\r$/m.exec(mail) ?? [];
  expect(mail.split("\r\n\r\n").slice(1).join()).toContain(link);
  const form = { "List-Unsubscribe": "One-Click" };
  const answer = await send(link.replace(siteUrl, ""), { form, headers: { Origin: "https://mail.example" } });
  expect(answer.status).toBe(200);
  await reply();
  expect(await mailDueNotifications(inMinutes(10))).toBe(0);
});

test("what is gathered for a day is one mail, however often and wherever the job runs", async () => {
  await want("reaction", "daily");
  await reply("In the morning's mail");
  await happens({ kind: "reaction", userId: mina.id, actorId: omar.id, postId: await createPost(mina) });
  expect(await mailDueNotifications(inMinutes(2))).toBe(0);
  const runs = await Promise.all([tomorrow(), tomorrow(), tomorrow()].map((at) => mailDueNotifications(at)));
  expect(runs.reduce((sum, each) => sum + each)).toBe(1);
  expect(await mailDueNotifications(tomorrow())).toBe(0);
  const [mail] = await mails(1);
  expect(mail).toContain("Subject: 2 new notifications on Stoa");
});

test("what joins a line that was mailed is not mailed again", async () => {
  await want("reaction", "at_once");
  const postId = await createPost(mina);
  await happens({ kind: "reaction", userId: mina.id, actorId: omar.id, postId });
  expect(await mailDueNotifications(inMinutes(2))).toBe(1);
  const bela = await createPerson({ username: `bela-${round}` });
  await happens({ kind: "reaction", userId: mina.id, actorId: bela.id, postId });
  expect(await mailDueNotifications(inMinutes(10))).toBe(0);
});

test("there is no mail where all was read, removed, or said by somebody muted since", async () => {
  await reply("read");
  await db.notification.updateMany({ where: { userId: mina.id }, data: { readAt: new Date() } });
  expect(await mailDueNotifications(tomorrow())).toBe(0);
  await reply("removed");
  await db.comment.updateMany({ where: { body: "removed" }, data: { removedAt: new Date() } });
  expect(await mailDueNotifications(tomorrow())).toBe(0);
  await reply("muted");
  await db.mute.create({ data: { muterId: mina.id, mutedId: omar.id } });
  expect(await mailDueNotifications(tomorrow())).toBe(0);
});

test("nothing goes to banned or deleted people, nor what is days old", async () => {
  await reply();
  await banDirectly(mina.id);
  expect(await mailDueNotifications(tomorrow())).toBe(0);
  await db.user.update({ where: { id: mina.id }, data: { banned: false } });
  expect(await mailDueNotifications(inMinutes(6 * 24 * 60))).toBe(0);
  await db.user.delete({ where: { id: mina.id } });
  expect(await mailDueNotifications(tomorrow())).toBe(0);
});

test("what is wanted by mail only is read with its mail, and the next of it begins anew", async () => {
  await db.notificationSetting.create({ data: { userId: mina.id, kind: "follow", onSite: false, mail: "daily" } });
  await happens({ kind: "follow", userId: mina.id, actorId: omar.id });
  expect(await mailDueNotifications(tomorrow())).toBe(1);
  const [mail] = await mails(1);
  expect(mail).toContain("follows you now");
  const bela = await createPerson({ username: `bela-${round}` });
  await happens({ kind: "follow", userId: mina.id, actorId: bela.id });
  expect(await mailDueNotifications(tomorrow())).toBe(1);
});

test("whatever statement of a mailing fails, it leaves whole at the next run", async () => {
  await reply();
  const state = async () => [
    await db.notification.findMany(),
    await db.$queryRaw`select count(*) from pgboss.job where name = 'send-mail'`,
  ];
  const before = await state();
  let failures = 0;
  for (let failing = 0; ; failing++) {
    let failed = false;
    const scope = {
      id: "",
      clientAddress: "",
      statements: [],
      beforeStatement: (text: string, index: number) => {
        if (failed || index !== failing || text === "COMMIT") return;
        failed = true;
        throw new Error("the connection broke");
      },
    };
    const mailed = await withRequestScope(scope, () => mailDueNotifications(tomorrow()).catch(() => 0));
    if (mailed === 1) break;
    expect(await state()).toEqual(before);
    failures += 1;
  }
  expect(failures).toBeGreaterThanOrEqual(6);
  await mails(1);
});

test("what a moderator did is mailed at once, with the reason and without a name", async () => {
  const iris = await createPerson({ username: `iris-${round}`, name: "Iris", role: "admin" });
  const form = { role: "moderator", reason: "Because you answer kindly" };
  await send(`/admin/users/${mina.username}/role`, { cookie: iris.cookie, form });
  const { body } = await send("/notifications", { cookie: mina.cookie });
  expect(body).toContain("Your role here is now moderator");
  expect(body).toContain("Because you answer kindly");
  expect(await mailDueNotifications(inMinutes(2))).toBe(1);
  const [mail] = await mails(1);
  expect(mail).toContain("Subject: Your role here is now moderator");
  expect(mail).toContain("Because you answer kindly");
  expect(mail).not.toContain("Iris");
});
