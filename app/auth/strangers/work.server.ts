import { z } from "zod";
import { readTicket, spendTicket, writeTicket } from "#app/auth/strangers/tickets.server.ts";
import { solves, type Work, workKey, workParts } from "#app/auth/strangers/work.ts";
import { countOf, countTry } from "#app/middleware/rate-limit.ts";

const lifeSeconds = 300;
/** 65,536 hashes on average in all: a fifth of a second on a laptop, under a second on a telephone. */
const fewestBits = 12;
const mostBits = 15;
/** Each doubling of so many pieces of work done within ten minutes doubles the next one, up to eight times. */
const calmWork = 30;

const askedWork = z.object({ email: z.string(), bits: z.number() });

/** A piece of work for whoever wants a mail to that address. */
export async function askForWork(email: string): Promise<Work> {
  const done = await countOf("work-by-site", "site");
  const bits = Math.min(mostBits, fewestBits + Math.max(0, Math.floor(Math.log2(Math.max(1, done) / calmWork))));
  return { challenge: writeTicket("work", { email, bits }), bits };
}

/** Whether the work was asked for by us, for that address, in the last minutes, is done, and counts for the first time. */
export async function isWorkDone(challenge: string, answer: string, email: string): Promise<boolean> {
  const ticket = readTicket("work", challenge, askedWork);
  if (!ticket || ticket.email !== email || ticket.ageSeconds > lifeSeconds) return false;
  const numbers = answer.split(".");
  if (numbers.length !== workParts || !numbers.every((each) => /^\d{1,9}$/.test(each))) return false;
  const key = workKey(challenge);
  if (!numbers.every((each, part) => solves(key, part, Number(each), ticket.bits))) return false;
  if (!(await spendTicket(ticket))) return false;
  await countTry("work-by-site", "site");
  return true;
}
