import type { Submission } from "@conform-to/react";
import { data } from "react-router";
import type { Refusal } from "#app/moderation/policy.ts";
import type { Rule } from "#app/moderation/rule.ts";

/** The page of an act: 403 where the viewer has no right to it. */
export function actPage<Subject>(subject: Subject, refusal: Refusal | null, rules: Rule[] = []) {
  return data({ subject, refusal, rules }, { status: refusal?.because === "authority" ? 403 : 200 });
}

/** A form that does not hold: it comes back with what was typed and a message beside each field. */
export function invalid(submission: Submission<unknown>) {
  return data({ lastResult: submission.reply() }, { status: 400 });
}

/** A form that was right, for an act that is not the viewer's (403) or not possible as things are (409). */
export function refused(submission: Submission<unknown>, { because, text }: Refusal) {
  return data(
    { lastResult: submission.reply({ formErrors: [text] }) },
    { status: because === "authority" ? 403 : 409 },
  );
}
