import type { RequestFacts } from "#app/auth/browser.server.ts";
import { assertStillAdmin } from "#app/auth/still-admin.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { inTransaction } from "#app/server/database.server.ts";
import { findSiteSetting, saveSiteSetting } from "#app/site/site-settings.server.ts";
import type { SiteSettings } from "#app/site/site-settings.ts";

/**
 * Changes one group of the site's settings, and writes down who did it, why, and what it was before.
 * @param change.value what it is from now on, where need be made of what it was
 */
export async function changeSiteSetting<Name extends keyof SiteSettings>(
  viewer: Viewer,
  name: Name,
  { value, reason }: { value: SiteSettings[Name] | ((from: SiteSettings[Name]) => SiteSettings[Name]); reason: string },
  facts: RequestFacts,
): Promise<void> {
  await inTransaction(async (tx) => {
    await assertStillAdmin(tx, viewer);
    const from = await findSiteSetting(name, tx);
    const to = typeof value === "function" ? value(from) : value;
    await saveSiteSetting(tx, name, to, viewer.id);
    await recordEvent(tx, "setting-changed", {
      userId: viewer.id,
      actorId: viewer.id,
      ...facts,
      details: { name, from, to, reason },
    });
  });
}
