import { refuseBadSettings } from "../settings-check.ts";
import { withShutdown } from "../shutdown.ts";
import { openSiteDatabase } from "../site-database.ts";
import { StartError } from "../start-error.ts";
import { say } from "../steps.ts";

/** `npm run admin -- promote USERNAME`: makes somebody an admin, also while the site runs. */
export async function run(args: string[]): Promise<void> {
  const [act, username, ...rest] = args;
  if (act !== "promote" || !username || rest.length > 0) {
    throw new StartError("npm run admin -- promote USERNAME");
  }
  process.env.LOG_LEVEL ||= "warn";
  await withShutdown(async (shutdown) => {
    await openSiteDatabase(shutdown, say);
    refuseBadSettings();
    say(await promote(username.replace(/^@/, "")));
  });
  process.exit(0);
}

async function promote(username: string): Promise<string> {
  const { promoteByOperator } = await import("#app/moderation/break-glass.server.ts");
  const { closeDatabase } = await import("#app/server/database.server.ts");
  const { startJobs, stopJobs } = await import("#app/server/jobs.server.ts");
  const { sealRegisters } = await import("#app/register/seals.server.ts");
  await startJobs({ polling: false });
  try {
    const promotion = await promoteByOperator(username);
    switch (promotion.is) {
      case "promoted":
        // The site's own sealing, or the doctor's, comes after it where this one cannot.
        await sealRegisters().catch(() => undefined);
        return `@${username} is an admin now, and was a ${promotion.from}. It is in the registers, and every admin is told by mail.`;
      case "admin-already":
        return `@${username} is an admin already.`;
      case "unknown":
        throw new StartError(`Nobody has the username ${username}.`);
      case "banned":
        throw new StartError(`@${username} is banned. Promote somebody else, who can lift the ban.`);
      case "leaving":
        throw new StartError(`@${username} has asked for their account to be deleted. They can sign in and undo that.`);
    }
  } finally {
    await stopJobs();
    await closeDatabase();
  }
}
