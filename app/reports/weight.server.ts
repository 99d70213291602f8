import type { Viewer } from "#app/auth/viewer.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { reportWeightOf as trustedWeightOf } from "#app/trust/gates.ts";
import { findKnownWithin } from "#app/trust/trust.server.ts";

/** How many of somebody's reports were found right, and how many were not. */
export interface Record {
  upheld: number;
  dismissed: number;
}

/** What a record makes of a report: 1 without one, towards 2 for who is always right, towards 0 for who never is. */
export function weightOf({ upheld, dismissed }: Record): number {
  return ((upheld + 1) / (upheld + dismissed + 2)) * 2;
}

/** How much a report by the viewer counts now: by their record, and by what their account is trusted with. */
export async function reportWeightOf(tx: Transaction, viewer: Pick<Viewer, "id">): Promise<number> {
  const { facts, gates } = await findKnownWithin(tx, viewer.id);
  const record = await tx.reporterRecord.findUnique({
    where: { userId: viewer.id },
    select: { upheld: true, dismissed: true },
  });
  return weightOf(record ?? { upheld: 0, dismissed: 0 }) * trustedWeightOf(facts, gates);
}
