import { parseWithZod } from "@conform-to/zod/v4";
import { redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { act } from "#app/moderation/act.server.ts";
import { invalid, refused } from "#app/moderation/act-answers.ts";
import { type ActInput, type ActKind, formOf } from "#app/moderation/moderation.ts";
import type { Target } from "#app/moderation/targets.server.ts";
import { readForm } from "#app/server/form.server.ts";

/** Does the act that a form asks for and leads on; or answers with the form, as it was filled, and why not. */
export async function actByForm<Kind extends ActKind>(
  viewer: Viewer,
  request: Request,
  { kind, target, next }: { kind: Kind; target: Target; next: (input: ActInput<Kind>) => string },
) {
  const submission = parseWithZod(await readForm(request), { schema: formOf(kind) });
  if (submission.status !== "success") return invalid(submission);
  // Parsed by the form of that kind.
  const input = submission.value as ActInput<Kind>;
  const { refusal, proposalId } = await act(viewer, { kind, target, input, facts: factsOf(request) });
  if (refusal) return refused(submission, refusal);
  const to = next(input);
  return redirect(proposalId ? `${to}?proposed` : to);
}
