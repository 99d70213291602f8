import { z } from "zod";
import type { Refusal } from "#app/moderation/policy.ts";
import { Prisma } from "#app/server/database.server.ts";

/** How an act came out: refused, done, or kept as a proposal for a second moderator. */
export interface Outcome {
  refusal: Refusal | null;
  actionId: string | null;
  proposalId: string | null;
}

export const noRefusal: Outcome = { refusal: null, actionId: null, proposalId: null };

/** Takes a whole transaction back. */
export class Refused extends Error {
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.text);
    this.refusal = refusal;
  }
}

/** Says it in words where the trigger users_keep_an_admin refused. */
export function refusedByLastAdmin(outcome: Promise<Outcome>): Promise<Outcome> {
  return outcome.catch((error: unknown) => {
    if (isAboutLastAdmin(error)) return { ...noRefusal, refusal: lastAdmin };
    throw error;
  });
}

const lastAdmin: Refusal = {
  because: "state",
  text: "There is no other admin, and one has to stay. Make somebody else an admin first.",
};

/** Whether that trigger refused; the driver keeps the trigger's message, not its name. */
export function isAboutLastAdmin(error: unknown): boolean {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return false;
  const meta = refusedByTrigger.safeParse(error.meta);
  return meta.success && meta.data.driverAdapterError.cause.message === "the last admin stays";
}

const refusedByTrigger = z.object({ driverAdapterError: z.object({ cause: z.object({ message: z.string() }) }) });
