import { z } from "zod";
import { db, type Transaction } from "#app/server/database.server.ts";
import { type SiteSettings, siteSettingSchemas } from "#app/site/site-settings.ts";

/** What the admins decided, or the default. @param tx reads within that transaction */
export async function findSiteSetting<Name extends keyof SiteSettings>(
  name: Name,
  tx: Pick<Transaction, "siteSetting"> = db,
): Promise<SiteSettings[Name]> {
  const row = await tx.siteSetting.findUnique({ where: { name } });
  // The schema of that name makes the type of that name.
  return siteSettingSchemas[name].parse(row?.value ?? {}) as SiteSettings[Name];
}

/** Writes one decision down. The caller asks who may, in the same transaction. */
export async function saveSiteSetting<Name extends keyof SiteSettings>(
  tx: Transaction,
  name: Name,
  value: SiteSettings[Name],
  updatedBy: string,
): Promise<void> {
  const json = z.json().parse(value);
  const set = { value: json ?? {}, updatedBy };
  await tx.siteSetting.upsert({ where: { name }, create: { name, ...set }, update: set });
}
