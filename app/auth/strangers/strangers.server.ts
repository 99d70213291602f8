import { z } from "zod";
import { isKnownDevice } from "#app/auth/device-cookie.server.ts";
import { countStranger } from "#app/auth/strangers/pressure.server.ts";
import { type AskedOf, trapName } from "#app/auth/strangers/stranger.ts";
import { readTicket, spendTicket, writeTicket } from "#app/auth/strangers/tickets.server.ts";
import { askForWork, isWorkDone } from "#app/auth/strangers/work.server.ts";
import { countTry, isReached, source } from "#app/middleware/rate-limit.ts";
import { settings } from "#app/server/env.server.ts";

export type Admission =
  | { is: "let in" }
  /** a machine, which is shown what everybody is shown: no mail for it */
  | { is: "trapped" }
  /** too many strangers come: this one is to show that it means it */
  | { is: "asked"; asked: AskedOf };

/** Nobody reads a form and fills it in in less. */
const fastestSeconds = 0.7;
const formLifeSeconds = 86_400;
/** Without a script, one waits for a place instead of working for it. */
const waitSeconds = 60;
const placeLifeSeconds = 3600;

/** What a form for strangers carries: proof of when it was shown. */
export function stampForm(): string {
  return writeTicket("form", {});
}

/** Whether a form that anyone may send leads to a mail: asked before anything else is done for it. */
export async function admitStranger(form: FormData, email: string, device: string | null): Promise<Admission> {
  if (isKnownDevice(device, email)) return { is: "let in" };
  if (isFromMachine(form)) return { is: "trapped" };
  const { pressure } = await countStranger();
  if (!pressure || (await isWorkDone(textOf(form, "challenge"), textOf(form, "answer"), email)))
    return { is: "let in" };
  const place = textOf(form, "place");
  const turn = place ? await takePlace(place, email) : "no place";
  if (turn === "taken") return { is: "let in" };
  const kept = turn === "no place" ? writeTicket("place", { email, source: source() }) : place;
  return { is: "asked", asked: { email, work: await askForWork(email), place: kept, turn } };
}

/** A field that nobody sees is filled in, or the form is none of ours, or was filled in sooner than anyone could. */
function isFromMachine(form: FormData): boolean {
  if (textOf(form, trapName)) return true;
  const shown = readTicket("form", textOf(form, "shown"), z.object({}));
  if (!shown || shown.ageSeconds > formLifeSeconds) return true;
  const { command } = settings();
  return shown.ageSeconds < fastestSeconds && (command === "start" || command === "test");
}

const placeFacts = z.object({ email: z.string(), source: z.string() });

/**
 * Whether it is the turn of somebody who waits. Few of these mails leave in a minute, and few to one source. A
 * place is good for the address and from the source that it was given to, and once.
 */
async function takePlace(place: string, email: string): Promise<"no place" | "too early" | "others first" | "taken"> {
  const held = readTicket("place", place, placeFacts);
  if (!held || held.email !== email || held.source !== source() || held.ageSeconds > placeLifeSeconds)
    return "no place";
  if (held.ageSeconds < waitSeconds) return "too early";
  if (await isReached("place-by-source", held.source)) return "others first";
  if (!(await countTry("place-by-site", "site"))) return "others first";
  if (!(await spendTicket(held))) return "no place";
  await countTry("place-by-source", held.source);
  return "taken";
}

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value : "";
}
