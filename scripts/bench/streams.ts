// Opens many live streams on one process of the built site and says what they cost: memory, and how long a change takes
// from its commit to the browsers. Needs a build (npm run bench makes one); it has a database of its own:
//   node scripts/bench/streams.ts [streams]
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import http, { type IncomingMessage } from "node:http";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readSessionToken } from "#app/auth/session-cookie.server.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { tell } from "#app/notifications/tell.server.ts";
import { closeDatabase, db, inTransaction } from "#app/server/database.server.ts";
import { startPostgres } from "../bundled-postgres.ts";
import { keepSecret, makeDataFolder, root } from "../environment.ts";
import { applyMigrations } from "../migrations.ts";

const count = Number(process.argv[2] ?? 1_000);
const folder = makeDataFolder("bench");
const postgres = await startPostgres({ folder: path.join(folder, "postgres") });
Object.assign(process.env, {
  DATABASE_URL: postgres.url,
  DATA_DIR: folder,
  AUTH_SECRET: keepSecret(folder),
  STOA_COMMAND: "demo",
  NODE_ENV: "production",
  LOG_LEVEL: "warn",
  HOST: "127.0.0.1",
});
process.env.PORT ??= "3999";

/** When each kind of event came last to each stream, of `performance.now()`. */
const heard = new Map<string, number[]>();

await applyMigrations(postgres.url);
const people = await createPeople(count);
const site = await startSite();
try {
  // A process grows with its first requests, whatever they ask for; what the streams add is measured after that.
  for (const { cookie } of people)
    await fetch(`http://127.0.0.1:${process.env.PORT}/robots.txt`, { headers: { cookie } });
  await sleep(2_000);
  const before = memoryOf(site);
  const opening = performance.now();
  const streams: IncomingMessage[] = [];
  for (let from = 0; from < count; from += 50) {
    streams.push(...(await Promise.all(people.slice(from, from + 50).map(listen))));
  }
  await waitUntil(() => (heard.get("notifications")?.length ?? 0) >= count);
  console.log(`opened ${count} streams in ${Math.round(performance.now() - opening)} ms`);
  await sleep(3_000);
  const after = memoryOf(site);
  console.log(`memory of the process: ${before} MB before, ${after} MB with them`);
  console.log(`  ${Math.round(((after - before) * 1024) / count)} kB a stream`);
  report("one person is told of a reply", await timesOf(30, tellOne));
  report("everybody is told of a post", await timesOf(10, tellAll));
  const idle = cpuOf(site);
  await sleep(30_000);
  console.log(`30 s with ${count} silent streams: ${Math.round(cpuOf(site) - idle)} ms of processor time`);
  for (const stream of streams) stream.destroy();
  await sleep(3_000);
  console.log(`memory after they left: ${memoryOf(site)} MB`);
} finally {
  const left = new Promise((resolve) => site.once("exit", resolve));
  site.kill("SIGTERM");
  await left;
  await closeDatabase();
  await postgres.stop();
}

async function createPeople(wanted: number): Promise<Person[]> {
  const mark = Date.now().toString(36).slice(-5);
  const made: Person[] = [];
  for (let from = 0; from < wanted; from += 20) {
    const batch = Array.from({ length: Math.min(20, wanted - from) }, (_, index) => `b${mark}-${from + index}x`);
    made.push(...(await Promise.all(batch.map((username) => createPerson({ username })))));
  }
  return made;
}

function startSite(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [path.join(root, "scripts/bench/site.ts")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (part: Buffer) => part.includes("serving") && resolve(child));
    child.once("exit", (code) => reject(new Error(`the site ended with ${code}`)));
  });
}

function listen({ cookie }: Person): Promise<IncomingMessage> {
  if (!readSessionToken(cookie)) throw new Error("AUTH_SECRET is another one than the site's");
  return new Promise((resolve, reject) => {
    const headers = { Accept: "text/event-stream", Cookie: cookie };
    http
      .get(`http://127.0.0.1:${process.env.PORT}/live`, { headers, agent: false }, (response) => {
        response.setEncoding("utf8");
        response.on("data", (text: string) => {
          for (const [, event = ""] of text.matchAll(/^event: (\w+)$/gm)) {
            heard.set(event, [...(heard.get(event)?.slice(-2 * count) ?? []), performance.now()]);
          }
        });
        if (response.statusCode === 200) resolve(response);
        else reject(new Error(`/live answered ${response.statusCode}`));
      })
      .on("error", reject);
  });
}

/** Milliseconds from the commit until the person's browser has it. */
async function tellOne(): Promise<number[]> {
  heard.set("notifications", []);
  const [reader, actor] = [pick(), pick()];
  await inTransaction((tx) => tell(tx, [{ kind: "follow", userId: reader.id, actorId: actor.id }]));
  const committed = performance.now();
  if (reader === actor) return [];
  await waitUntil(() => (heard.get("notifications")?.length ?? 0) >= 1, 2_000);
  return (heard.get("notifications") ?? []).slice(0, 1).map((at) => at - committed);
}

/** Milliseconds from the commit until each browser has it. */
async function tellAll(): Promise<number[]> {
  heard.set("posts", []);
  const published = { status: "published" as const, publishedAt: new Date() };
  const texts = { title: "Bench", body: "", bodyHtml: "", excerpt: "", tags: [] };
  await db.post.create({ data: { authorId: pick().id, ...texts, ...published } });
  const committed = performance.now();
  await waitUntil(() => (heard.get("posts")?.length ?? 0) >= count - 1);
  return (heard.get("posts") ?? []).map((at) => at - committed);
}

function pick(): Person {
  const person = people[Math.floor(Math.random() * people.length)];
  if (!person) throw new Error("nobody is there");
  return person;
}

async function timesOf(rounds: number, round: () => Promise<number[]>): Promise<number[]> {
  const times: number[] = [];
  for (let number = 0; number < rounds; number++) {
    times.push(...(await round()));
    await sleep(150);
  }
  return times.sort((a, b) => a - b);
}

function report(what: string, times: number[]): void {
  const at = (share: number) => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(0)} ms`;
  console.log(`${what}: median ${at(0.5)}, 95 % ${at(0.95)}, 99 % ${at(0.99)} (${times.length} events)`);
}

async function waitUntil(condition: () => boolean, limitMs = 60_000): Promise<void> {
  const end = performance.now() + limitMs;
  while (!condition() && performance.now() < end) await sleep(1);
}

/** Resident memory in MB. */
function memoryOf({ pid }: ChildProcess): number {
  const [, kb = "0"] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kb) / 1024);
}

/** Processor time in milliseconds. */
function cpuOf({ pid }: ChildProcess): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
