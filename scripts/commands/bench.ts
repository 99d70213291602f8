import { type ChildProcess, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import path from "node:path";
import { measureInTurn, type Target } from "../bench/load.ts";
import { startPostgres } from "../bundled-postgres.ts";
import { keepSecret, makeDataFolder, root } from "../environment.ts";
import { applyMigrations } from "../migrations.ts";
import { withShutdown } from "../shutdown.ts";
import { StartError } from "../start-error.ts";
import { say, step } from "../steps.ts";
import { buildIfStale } from "./demo.ts";

const size = { users: 1_000, posts: 20_000 };

/** Which row stands against which reference, and what is meant to come out. */
const comparisons: { row: string; reference: string; goal: string }[] = [
  { row: "visitor's feed", reference: "one query, React stream", goal: "≥ 1.0" },
  { row: "visitor's feed", reference: "page from memory", goal: "≥ 0.85" },
  { row: "visitor's feed, page 400", reference: "visitor's feed", goal: "≥ 0.83" },
  { row: "signed-in feed", reference: "session, query, React stream", goal: "≥ 0.8" },
  { row: "who is this", reference: "session as JSON", goal: "≥ 0.6" },
];

/** `npm run bench`: the site's pages against references for the same work, in turn, in one run. */
export async function run(): Promise<void> {
  await withShutdown(async ({ keep, signal }) => {
    await buildIfStale(signal);
    const folder = makeDataFolder("bench");
    const postgres = await keep(startPostgres({ folder: path.join(folder, "postgres"), log: say }));
    await applyMigrations(postgres.url);
    Object.assign(process.env, {
      DATABASE_URL: postgres.url,
      DATA_DIR: folder,
      AUTH_SECRET: keepSecret(folder),
      STOA_COMMAND: "demo",
      NODE_ENV: "production",
      LOG_LEVEL: "info",
      HOST: "127.0.0.1",
      PORT: "3999",
    });
    const { cookie, token, deepCursor } = await step("preparing a community", "prepared a community", prepare);
    const bytes = 40_000;
    const [site, references] = await Promise.all([
      keep(start("scripts/bench/site.ts", /serving (\S+)/)),
      keep(start("scripts/bench/references.ts", /port (\d+)/, { SESSION_TOKEN: token, PAGE_BYTES: String(bytes) })),
    ]);
    const limit = `http://127.0.0.1:${references.said}`;
    const targets: Target[] = [
      { name: "visitor's feed", url: `${site.said}/` },
      { name: "visitor's feed, page 400", url: `${site.said}/?after=${deepCursor}` },
      { name: "signed-in feed", url: `${site.said}/`, cookie },
      { name: "who is this", url: `${site.said}/healthz`, cookie },
      { name: "page from memory", url: `${limit}/static` },
      { name: "one query, React stream", url: `${limit}/react` },
      { name: "session, query, React stream", url: `${limit}/react-signed-in` },
      { name: "session as JSON", url: `${limit}/session` },
    ];
    const rates = await step("measuring", "measured", () => measureInTurn(targets, { seconds: 2, rounds: 3 }));
    report(rates);
  });
}

async function prepare(): Promise<{ cookie: string; token: string; deepCursor: string }> {
  const { db, closeDatabase } = await import("#app/server/database.server.ts");
  const { readSessionToken } = await import("#app/auth/session-cookie.server.ts");
  const { createPerson } = await import("#app/auth/test-people.ts");
  const { formatCursor } = await import("#app/ui/cursor.ts");
  const { seedCommunity } = await import("#prisma/seed.ts");
  if (!(await db.post.findFirst())) await seedCommunity({ ...size, onProgress: () => undefined });
  const { cookie } = await createPerson({ username: `bench-${Date.now().toString(36)}` });
  const deep = await db.post.findFirstOrThrow({ orderBy: [{ publishedAt: "desc" }, { id: "desc" }], skip: 400 * 25 });
  await closeDatabase();
  return {
    cookie,
    token: readSessionToken(cookie) ?? "",
    deepCursor: formatCursor({ at: deep.publishedAt ?? new Date(), id: String(deep.id) }),
  };
}

/** Starts a program on the server's core; `said` is what it printed when it was ready. */
async function start(
  script: string,
  ready: RegExp,
  env: Record<string, string> = {},
): Promise<{ said: string; stop(): Promise<void> }> {
  const pinned = process.platform === "linux" && availableParallelism() > 1;
  const [command, ...args] = [...(pinned ? ["taskset", "-c", "0"] : []), process.execPath, path.join(root, script)];
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "inherit"] });
  const said = await waitFor(child, ready);
  return {
    said,
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

function waitFor(child: ChildProcess, ready: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.stdout?.on("data", (part: Buffer) => {
      if (output.length < 10_000) output += part;
      const found = ready.exec(output);
      if (found?.[1]) resolve(found[1]);
    });
    child.once("error", reject);
    child.once("exit", (code) =>
      reject(new StartError(`A part of the benchmark ended with ${code} before it served.`)),
    );
  });
}

function report(rates: Map<string, number>): void {
  say("\n  answers per second (medians of 3 rounds of 2 s, in turn)");
  for (const [name, rate] of rates) say(`    ${name.padEnd(32)} ${rate.toFixed(0).padStart(7)}`);
  say("\n  ratios");
  for (const { row, reference, goal } of comparisons) {
    const ratio = (rates.get(row) ?? 0) / (rates.get(reference) ?? 1);
    say(`    ${`${row} / ${reference}`.padEnd(56)} ${ratio.toFixed(2).padStart(6)}   goal ${goal}`);
  }
}
