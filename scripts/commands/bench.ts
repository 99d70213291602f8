import path from "node:path";
import { measureInTurn, type Target } from "../bench/load.ts";
import { benchSignUps } from "../bench/sign-ups.ts";
import { startProgram } from "../bench/start-program.ts";
import { startPostgres } from "../bundled-postgres.ts";
import { keepSecret, makeDataFolder } from "../environment.ts";
import { applyMigrations } from "../migrations.ts";
import { withShutdown } from "../shutdown.ts";
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

/** `npm run bench`: the speed of the pages; `npm run bench -- sign-ups [minutes]`: joining under attack. */
export async function run([what, minutes]: string[]): Promise<void> {
  await (what === "sign-ups" ? benchSignUps(Number(minutes) || 3) : benchPages());
}

/** The site's pages against references for the same work, in turn, in one run. */
async function benchPages(): Promise<void> {
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
      keep(startProgram("scripts/bench/site.ts", /serving (\S+)/)),
      keep(
        startProgram("scripts/bench/references.ts", /port (\d+)/, { SESSION_TOKEN: token, PAGE_BYTES: String(bytes) }),
      ),
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

function report(rates: Map<string, number>): void {
  say("\n  answers per second (medians of 3 rounds of 2 s, in turn)");
  for (const [name, rate] of rates) say(`    ${name.padEnd(32)} ${rate.toFixed(0).padStart(7)}`);
  say("\n  ratios");
  for (const { row, reference, goal } of comparisons) {
    const ratio = (rates.get(row) ?? 0) / (rates.get(reference) ?? 1);
    say(`    ${`${row} / ${reference}`.padEnd(56)} ${ratio.toFixed(2).padStart(6)}   goal ${goal}`);
  }
}
