import { liftExpiredBans } from "#app/moderation/bans.server.ts";
import { scheduleJob, startJobs, workOn } from "#app/server/jobs.server.ts";
import { startMailing } from "#app/server/mail.server.ts";

/** Starts what runs beside the requests: mails, and the jobs that the clock starts. */
export async function startBackgroundWork(): Promise<void> {
  await startJobs();
  await startMailing();
  await workOn("lift-expired-bans", async () => {
    await liftExpiredBans();
  });
  await scheduleJob("lift-expired-bans", "* * * * *");
}
