import type { Submission, SubmissionResult } from "@conform-to/react";
import type { GateRefusal } from "#app/trust/admission.server.ts";

/** The form with what a gate says of it, beside its field. */
export function replyRefused(
  submission: Submission<unknown>,
  { field, message }: GateRefusal,
): SubmissionResult<string[]> {
  return submission.reply(field ? { fieldErrors: { [field]: [message] } } : { formErrors: [message] });
}

/** How such a form is answered. */
export function initOf({ status }: GateRefusal): ResponseInit {
  return status === 429 ? { status, headers: { "Retry-After": "3600" } } : { status };
}
