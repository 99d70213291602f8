import { randomBytes } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import nodemailer from "nodemailer";
import { z } from "zod";
import type { Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { enqueue, workOn } from "#app/server/jobs.server.ts";
import { log } from "#app/server/log.server.ts";
import { seal, unseal } from "#app/server/sealing.server.ts";

const mailSchema = z.object({
  to: z.string(),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
  queuedAt: z.string(),
  /** of no use afterwards, and then not sent any more */
  goodUntil: z.string().optional(),
  /** where a POST ends mails of this kind; for every mail that was not asked for */
  unsubscribeUrl: z.string().optional(),
});
export type Mail = z.infer<typeof mailSchema>;

/**
 * Queues a mail in the transaction that causes it. It leaves when the transaction is committed, and waits
 * while the mail server is away. The content is sealed at rest, because it may hold a code.
 */
export async function queueMail(tx: Transaction, mail: Omit<Mail, "queuedAt">): Promise<void> {
  await enqueue(tx, "send-mail", {
    sealed: seal("mail", JSON.stringify({ ...mail, queuedAt: new Date().toISOString() })),
  });
}

/** Starts sending. Without a mail server, demo and dev put mails in the outbox, which /dev/mail shows. */
export async function startMailing(): Promise<void> {
  const { smtpUrl } = settings();
  if (!smtpUrl && !outboxExists()) return log.warn("SMTP_URL is not set: mails wait in the queue until it is");
  const deliver = smtpUrl ? deliverBy(smtpUrl) : keepInOutbox;
  await workOn("send-mail", async ({ sealed }) => {
    const mail = mailSchema.parse(JSON.parse(unseal("mail", sealed)));
    if (!mail.goodUntil || new Date(mail.goodUntil) > new Date()) await deliver(mail);
  });
}

/** Whether this process keeps its mails instead of sending them. */
export function outboxExists(): boolean {
  return settings().command !== "start" && !settings().smtpUrl;
}

/** The kept mails under the names of their files, newest first, at most 500. */
export async function listOutbox(): Promise<(Mail & { key: string })[]> {
  const names = (await readdir(outboxFolder()).catch(() => [])).filter((name) => name.endsWith(".json"));
  const keys = names.map((name) => name.slice(0, -".json".length));
  return Promise.all(
    keys
      .sort()
      .reverse()
      .slice(0, 500)
      .map(async (key) => ({ key, ...(await readKept(key)) })),
  );
}

/** One of them; null for a name that none has. */
export async function findInOutbox(key: string): Promise<Mail | null> {
  return /^[\w.-]+$/.test(key) ? readKept(key).catch(() => null) : null;
}

async function readKept(key: string): Promise<Mail> {
  return mailSchema.parse(JSON.parse(await readFile(path.join(outboxFolder(), `${key}.json`), "utf8")));
}

function deliverBy(smtpUrl: string): (mail: Mail) => Promise<void> {
  const transport = nodemailer.createTransport({ url: smtpUrl, connectionTimeout: 10_000, socketTimeout: 20_000 });
  return async ({ to, subject, text, html, queuedAt, unsubscribeUrl }) => {
    await transport.sendMail({
      from: settings().mailFrom,
      to,
      subject,
      text,
      html,
      date: new Date(queuedAt),
      headers: { "Auto-Submitted": "auto-generated", ...(unsubscribeUrl && oneClickHeaders(unsubscribeUrl)) },
    });
  };
}

/** By which mail programs show a button of their own that ends such mails: RFC 2369 and RFC 8058. */
function oneClickHeaders(url: string) {
  return {
    // Folded, a long address is not understood everywhere.
    "List-Unsubscribe": { prepared: true, value: `<${url}>` },
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
  };
}

async function keepInOutbox(mail: Mail): Promise<void> {
  await mkdir(outboxFolder(), { recursive: true });
  const name = `${mail.queuedAt.replaceAll(":", "-")}-${randomBytes(3).toString("hex")}.json`;
  const file = path.join(outboxFolder(), name);
  await writeFile(`${file}.part`, JSON.stringify(mail));
  await rename(`${file}.part`, file);
}

function outboxFolder(): string {
  return path.join(settings().dataDir, "outbox");
}
