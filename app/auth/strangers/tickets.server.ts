import { randomBytes } from "node:crypto";
import { z } from "zod";
import { countTry } from "#app/middleware/rate-limit.ts";
import { seal, unseal } from "#app/server/sealing.server.ts";

/* What a form brings back to us as we gave it out: sealed, so that only we can have written it, and when. */

type TicketKind = "form" | "work" | "place";

export type Ticket<Facts> = Facts & { id: string; ageSeconds: number };

export function writeTicket(kind: TicketKind, facts: Record<string, string | number>): string {
  const id = randomBytes(12).toString("base64url");
  return seal(`stranger's ${kind}`, JSON.stringify({ id, at: Date.now(), facts }));
}

/** What a ticket of ours says; null where it is none. */
export function readTicket<Facts extends object>(
  kind: TicketKind,
  sealed: string,
  schema: z.ZodType<Facts>,
): Ticket<Facts> | null {
  try {
    const { id, at, facts } = envelope.parse(JSON.parse(unseal(`stranger's ${kind}`, sealed)));
    return { ...schema.parse(facts), id, ageSeconds: (Date.now() - at) / 1000 };
  } catch {
    return null; // changed, invented, or sealed with another secret
  }
}

const envelope = z.object({ id: z.string(), at: z.number(), facts: z.unknown() });

/** Uses a ticket up, for every process of the site; of those who bring it at once one gets true. */
export function spendTicket({ id }: { id: string }): Promise<boolean> {
  return countTry("once-by-ticket", id);
}
