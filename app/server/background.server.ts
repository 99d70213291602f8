import { countDays } from "#app/admin/dashboard/figures.server.ts";
import { collectExpired } from "#app/auth/expired.server.ts";
import { removeDueAccounts } from "#app/deletions/removal.server.ts";
import { removeOldExports } from "#app/exports/exports.server.ts";
import { makeExport } from "#app/exports/making.server.ts";
import { endDueImpersonations } from "#app/impersonation/impersonations.server.ts";
import { rerenderMentions } from "#app/mentions/rerender.server.ts";
import { liftExpiredBans } from "#app/moderation/bans.server.ts";
import { continueBulk } from "#app/moderation/bulk.server.ts";
import { mailDueNotifications } from "#app/notifications/mailing.server.ts";
import { takeRankEpoch } from "#app/ranking/epochs.server.ts";
import { shortenOldEvents } from "#app/register/erasure.server.ts";
import { sealRegisters } from "#app/register/seals.server.ts";
import { scheduleJob, startJob, startJobs, workOn } from "#app/server/jobs.server.ts";
import { startMailing } from "#app/server/mail.server.ts";
import { rewriteTag } from "#app/tags/synonyms.server.ts";
import { collectUnusedUploads } from "#app/uploads/unused-uploads.server.ts";

/** Starts what runs beside the requests: mails, and the jobs that the clock starts. */
export async function startBackgroundWork(): Promise<void> {
  await startJobs();
  await startMailing();
  await workOn("lift-expired-bans", async () => {
    await liftExpiredBans();
  });
  await workOn("count-days", countDays);
  await scheduleJob("count-days", "*/10 * * * *");
  await startJob("count-days");
  await workOn("end-impersonations", async () => {
    await endDueImpersonations();
  });
  await scheduleJob("end-impersonations", "* * * * *");
  await scheduleJob("lift-expired-bans", "* * * * *");
  await workOn("act-in-bulk", ({ bulkId }) => continueBulk(bulkId));
  await workOn("rerender-mentions", ({ userId }) => rerenderMentions(userId));
  await workOn("rank-posts", takeRankEpoch);
  await scheduleJob("rank-posts", "* * * * *");
  await startJob("rank-posts");
  await workOn("rewrite-tags", ({ name }) => rewriteTag(name));
  await workOn("mail-notifications", async () => {
    await mailDueNotifications();
  });
  await scheduleJob("mail-notifications", "* * * * *");
  await workOn("seal-registers", () => sealRegisters());
  await scheduleJob("seal-registers", "* * * * *");
  await workOn("make-export", ({ exportId }) => makeExport(exportId));
  await workOn("remove-exports", async () => {
    await removeOldExports();
  });
  await scheduleJob("remove-exports", "*/10 * * * *");
  await workOn("delete-accounts", async () => {
    await removeDueAccounts();
  });
  await scheduleJob("delete-accounts", "*/10 * * * *");
  await workOn("collect-garbage", async () => {
    await collectExpired();
    await shortenOldEvents();
    await collectUnusedUploads();
    await sealRegisters("all");
  });
  await scheduleJob("collect-garbage", "40 3 * * *");
}
