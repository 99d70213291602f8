import { z } from "zod";
import { reasonForm } from "#app/moderation/moderation.ts";

/** The most acts that are undone at once. */
export const actsAtOnce = 200;

/** From when to when, in UTC; null: open on that side. */
export interface ActSpan {
  from: Date | null;
  to: Date | null;
}

/** "2026-11-20T14:05", as a field for a moment has it; it is UTC. */
const moment = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/)
  .transform((text) => new Date(`${text}:00Z`))
  .refine((time) => !Number.isNaN(time.getTime()));

/** The span of a URL or a form. What it does not understand is open. */
export function parseSpan(params: { get(name: string): unknown }): ActSpan {
  const from = moment.safeParse(params.get("from")).data ?? null;
  const to = moment.safeParse(params.get("to")).data ?? null;
  // To the end of that minute.
  return { from, to: to && new Date(to.getTime() + 59_999) };
}

/** As the field for a moment wants it. */
export function momentField(time: string | null): string {
  return time ? time.slice(0, 16) : "";
}

/** What undoing a span asks for: the acts that were seen on the page, by their ids. */
export const undoSpanForm = reasonForm.extend({
  seen: z
    .string()
    .max(8000)
    .regex(/^[0-9a-f -]*$/),
});
