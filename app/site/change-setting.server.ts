import type { RequestFacts } from "#app/auth/browser.server.ts";
import { assertStillAdmin } from "#app/auth/still-admin.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { inTransaction } from "#app/server/database.server.ts";
import { findSiteSetting, saveSiteSetting } from "#app/site/site-settings.server.ts";
import type { SiteSettings } from "#app/site/site-settings.ts";

/** Changes one group of the site's settings, and writes down who did it, why, and what it was before. */
export async function changeSiteSetting<Name extends keyof SiteSettings>(
  viewer: Viewer,
  name: Name,
  { value, reason }: { value: SiteSettings[Name]; reason: string },
  facts: RequestFacts,
): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillAdmin(tx, viewer);
    const from = await findSiteSetting(name, tx);
    await saveSiteSetting(tx, name, value, viewer.id);
    await recordEvent(tx, "setting-changed", {
      userId: viewer.id,
      actorId: viewer.id,
      ...facts,
      details: { name, from, to: value, reason },
    });
  });
}
