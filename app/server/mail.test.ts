import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { afterAll, expect, test } from "vitest";

/** A real mail server on loopback that keeps what it is given. */
const received: string[] = [];
let refuses = false;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  onMailFrom: (_, __, done) =>
    done(refuses ? Object.assign(new Error("come back later"), { responseCode: 451 }) : null),
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

const { inTransaction, db } = await import("#app/server/database.server.ts");
const { outboxExists, queueMail, startMailing } = await import("#app/server/mail.server.ts");

afterAll(() => new Promise<void>((resolve) => server.close(resolve)));

const mail = {
  to: "mina@example.org",
  subject: "Your code",
  text: "The code is 123456.",
  html: "<p>The code is 123456.</p>",
};

test("a mail leaves when its transaction is committed, and waits while the mail server is away", async () => {
  refuses = true;
  await startMailing();
  await inTransaction((tx) => queueMail(tx, mail));
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(received).toEqual([]);
  refuses = false;
  await expect.poll(() => received.length).toBe(1);
  expect(received[0]).toContain("Subject: Your code");
  expect(received[0]).toContain("To: mina@example.org");
  expect(received[0]).toContain("Auto-Submitted: auto-generated");
});

test("a mail whose transaction failed was never written", async () => {
  const before = await countJobs();
  await expect(
    inTransaction(async (tx) => {
      await queueMail(tx, { ...mail, subject: "Never" });
      throw new Error("the rest failed");
    }),
  ).rejects.toThrow("the rest failed");
  expect(await countJobs()).toBe(before);
});

test("a queued mail is sealed: nobody reads a code in the database", async () => {
  await inTransaction((tx) => queueMail(tx, { ...mail, text: "The code is 987654." }));
  const rows = await db.$queryRaw<{ data: string }[]>`select data::text from pgboss.job where name = 'send-mail'`;
  expect(rows.length).toBeGreaterThan(0);
  for (const row of rows) expect(row.data).not.toMatch(/987654|mina@/);
});

test("many mails at once leave one after the other without a pause, and what is too late is left out", async () => {
  const before = received.length;
  const late = { ...mail, subject: "Too late", goodUntil: new Date(Date.now() - 1000).toISOString() };
  await inTransaction((tx) => queueMail(tx, late));
  for (let number = 0; number < 40; number++) {
    await inTransaction((tx) => queueMail(tx, { ...mail, subject: `Number ${number}` }));
  }
  await expect.poll(() => received.length - before).toBeGreaterThanOrEqual(40);
  expect(received.some((text) => text.includes("Too late"))).toBe(false);
});

test("a site with a mail server keeps no outbox", () => {
  expect(outboxExists()).toBe(false);
});

async function countJobs(): Promise<number> {
  const [row] = await db.$queryRaw<
    { count: number }[]
  >`select count(*)::int as count from pgboss.job where name = 'send-mail'`;
  return row?.count ?? 0;
}
