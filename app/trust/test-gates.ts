import { db } from "#app/server/database.server.ts";
import { gatesSchema } from "#app/trust/gates.ts";
import { fileOf, picture } from "#app/uploads/test-pictures.ts";

/** Sets the site's numbers, the others to what a site begins with. */
export async function setGates(gates: object): Promise<void> {
  const value = gatesSchema.parse(gates);
  await db.siteSetting.upsert({ where: { name: "gates" }, create: { name: "gates", value }, update: { value } });
}

/** A picture as a form sends it. */
export async function somePicture(): Promise<File> {
  return fileOf(await picture(40, 30).png().toBuffer());
}
