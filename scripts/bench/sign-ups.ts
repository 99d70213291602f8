import type { AddressInfo } from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SMTPServer } from "smtp-server";
import { startPostgres } from "../bundled-postgres.ts";
import { buildIfStale } from "../commands/demo.ts";
import { keepSecret, makeDataFolder } from "../environment.ts";
import { applyMigrations } from "../migrations.ts";
import { withShutdown } from "../shutdown.ts";
import { say, step } from "../steps.ts";
import { askForCode, type BotKind, botKinds, sendBot } from "./signing-up.ts";
import { startProgram } from "./start-program.ts";

const botsPerMinute = 1_000;
const port = "3998";

/**
 * `npm run bench -- sign-ups [minutes]`: a person who joins, in calm and beside a thousand scripted sign-ups a minute,
 * each with a source and an address of its own, at the real site with a real mail server on loopback.
 */
export async function benchSignUps(minutes: number): Promise<void> {
  await withShutdown(async ({ keep, signal }) => {
    await buildIfStale(signal);
    const folder = makeDataFolder(`bench-sign-ups-${Date.now()}`);
    const postgres = await keep(startPostgres({ folder: path.join(folder, "postgres"), log: say }));
    await applyMigrations(postgres.url);
    const mailServer = await keep(startMailServer());
    const site = await keep(
      startProgram("scripts/bench/site.ts", /serving (\S+)/, {
        DATABASE_URL: postgres.url,
        DATA_DIR: folder,
        AUTH_SECRET: keepSecret(folder),
        STOA_COMMAND: "start",
        NODE_ENV: "production",
        LOG_LEVEL: "error",
        HOST: "127.0.0.1",
        PORT: port,
        SITE_URL: `http://127.0.0.1:${port}`,
        SMTP_URL: mailServer.url,
        TRUSTED_PROXIES: "127.0.0.1",
      }),
    );
    const person = async (name: string) => {
      const email = `${name}@people.example`;
      const { began, worked } = await askForCode(site.said, email);
      return { seconds: ((await mailServer.arrival(email)) - began) / 1000, worked };
    };
    const calm = await step("joining in calm", "joined in calm", () => repeat(5, 2_000, (n) => person(`calm-${n}`)));
    const { sent, attacked } = await step("joining under attack", "joined under attack", async () => {
      const attack = sendBots(site.said, minutes);
      await sleep(10_000);
      const attacked = await repeat(minutes * 4 - 1, 12_000, (n) => person(`attacked-${n}`));
      return { sent: await attack, attacked };
    });
    await sleep(5_000);
    report(calm, attacked, sent, mailServer.recipients());
  });
}

/** A mail server that writes down who got a mail, and when. */
async function startMailServer() {
  const arrivals = new Map<string, number>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    onData(stream, session, done) {
      stream.resume();
      stream.on("end", () => {
        for (const { address } of session.envelope.rcptTo) arrivals.set(address, performance.now());
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, // listens on TCP
    recipients: () => [...arrivals.keys()],
    async arrival(email: string): Promise<number> {
      for (let tries = 0; tries < 6_000; tries += 1) {
        const at = arrivals.get(email);
        if (at !== undefined) return at;
        await sleep(10);
      }
      throw new Error(`No mail came to ${email} within a minute.`);
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function repeat<Result>(times: number, pauseMs: number, act: (n: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let n = 0; n < times; n += 1) {
    results.push(await act(n));
    await sleep(pauseMs);
  }
  return results;
}

/** Sends machines evenly over the time, each its own way. @returns how many there were of each kind */
async function sendBots(siteUrl: string, minutes: number): Promise<Map<BotKind, number>> {
  const sent = new Map<BotKind, number>();
  const running: Promise<void>[] = [];
  const began = performance.now();
  for (let n = 0; n < minutes * botsPerMinute; n += 1) {
    const kind = botKinds[n % botKinds.length] ?? "plain";
    sent.set(kind, (sent.get(kind) ?? 0) + 1);
    running.push(sendBot(siteUrl, kind, `bot-${n}-${Math.random().toString(36).slice(2)}@${kind}.example`));
    await sleep(Math.max(0, began + ((n + 1) * 60_000) / botsPerMinute - performance.now()));
  }
  await Promise.all(running);
  return sent;
}

type Joined = { seconds: number; worked: boolean };

function report(calm: Joined[], attacked: Joined[], sent: Map<BotKind, number>, recipients: string[]): void {
  const times = (joined: Joined[]) => {
    const sorted = joined.map(({ seconds }) => seconds).sort((a, b) => a - b);
    return `median ${sorted[sorted.length >> 1]?.toFixed(2)} s, slowest ${sorted.at(-1)?.toFixed(2)} s of ${sorted.length}`;
  };
  const bots = [...sent.values()].reduce((sum, each) => sum + each, 0);
  const reached = recipients.filter((email) => !email.endsWith("@people.example"));
  say("\n  from the press on the button to the mail with the code");
  say(`    in calm        ${times(calm)}`);
  say(`    under attack   ${times(attacked)}; ${attacked.filter(({ worked }) => worked).length} did work`);
  say(
    `\n  machines: ${bots}, of whom ${reached.length} reached the mailer (${((100 * reached.length) / bots).toFixed(2)} %)`,
  );
  for (const [kind, count] of sent) {
    say(
      `    ${kind.padEnd(16)} ${count}, ${reached.filter((email) => email.endsWith(`@${kind}.example`)).length} reached`,
    );
  }
}
