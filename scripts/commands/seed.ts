import path from "node:path";
import { parseArgs } from "node:util";
import { startPostgres } from "../bundled-postgres.ts";
import { keepSecret, makeDataFolder, setDefaults } from "../environment.ts";
import { applyMigrations } from "../migrations.ts";
import { withShutdown } from "../shutdown.ts";
import { messageOf, StartError } from "../start-error.ts";
import { say, sayProgress, secondsSince } from "../steps.ts";

/** `npm run seed -- --users N --posts N`: adds a generated community to a database. */
export async function run(args: string[]): Promise<void> {
  const { users, posts } = parseCounts(args);
  await withShutdown(async ({ keep }) => {
    const dataFolder = makeDataFolder("demo");
    if (!process.env.DATABASE_URL) {
      const folder = path.join(dataFolder, "postgres");
      process.env.DATABASE_URL = (await keep(startPostgres({ folder, log: say }))).url;
      process.env.DATA_DIR = dataFolder;
    }
    setDefaults({ AUTH_SECRET: keepSecret(dataFolder), STOA_COMMAND: "demo" });
    await applyMigrations(process.env.DATABASE_URL);
    const { seedCommunity } = await import("#prisma/seed.ts");
    const started = performance.now();
    await seedCommunity({ users, posts, onProgress: createProgress(started) });
    const total = `${users.toLocaleString("en")} people and ${posts.toLocaleString("en")} posts`;
    say(`✓ added ${total}  ${secondsSince(started)} s`);
  });
}

function parseCounts(args: string[]): { users: number; posts: number } {
  const usage = "Say how much: npm run seed -- --users 1000 --posts 10000";
  try {
    const options = { users: { type: "string" }, posts: { type: "string" } } as const;
    const { values } = parseArgs({ args, options });
    const [users, posts] = [values.users, values.posts].map((text) =>
      /^\d{1,9}$/.test(text ?? "") ? Number(text) : null,
    );
    if (users == null || posts == null) throw new StartError(usage);
    return { users, posts };
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`${messageOf(error)} ${usage}`);
  }
}

/** Draws a bar on a terminal; elsewhere prints a line at each tenth. `share` is from 0 to 1. */
function createProgress(started: number): (share: number, doing?: string) => void {
  const width = 30;
  let told = 0;
  return (share, doing = "") => {
    const percent = Math.floor(Math.min(1, share) * 100);
    const filled = Math.round((percent / 100) * width);
    const bar = `${"█".repeat(filled)}${"░".repeat(width - filled)}`;
    sayProgress(`  ${bar} ${String(percent).padStart(3)} %  ${secondsSince(started)} s  ${doing}`);
    if (!process.stdout.isTTY && percent >= told + 10) {
      told = percent - (percent % 10);
      say(`  ${percent} %  ${secondsSince(started)} s  ${doing}`.trimEnd());
    }
  };
}
