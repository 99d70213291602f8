import type { BulkKind, ChosenPerson, PersonOutcome } from "#app/admin/bulk/people.ts";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { act } from "#app/moderation/act.server.ts";
import type { ActInput } from "#app/moderation/moderation.ts";
import { needsSecondAdmin, whyNot } from "#app/moderation/policy.ts";
import { findSubject } from "#app/moderation/subjects.server.ts";

/** To whom of these people it would be done, and why not to the others. */
export async function previewPeople(viewer: Viewer, kind: BulkKind, usernames: string[]): Promise<ChosenPerson[]> {
  const chosen = await Promise.all(usernames.map((username) => findSubject(username).catch(() => null)));
  return chosen
    .filter((subject) => subject !== null)
    .map((subject) => {
      const { username, name, avatar, role, sessionCount } = subject;
      const nowhere = kind === "sessions" && sessionCount === 0 ? `@${username} is signed in nowhere.` : null;
      return {
        username,
        name,
        avatar,
        role,
        sessionCount,
        refusal: whyNot(kind, viewer, subject)?.text ?? nowhere,
        proposes: needsSecondAdmin(viewer, subject),
      };
    });
}

/**
 * Does one act to several people, each in a transaction of its own with its own line in the log: what is refused to one
 * keeps nothing from the others.
 */
export async function actOnPeople<Kind extends BulkKind>(
  viewer: Viewer,
  usernames: string[],
  { kind, input, facts }: { kind: Kind; input: ActInput<Kind>; facts: RequestFacts },
): Promise<PersonOutcome[]> {
  const outcomes: PersonOutcome[] = [];
  for (const username of usernames) {
    if (!(await findSubject(username).catch(() => null))) {
      outcomes.push({ username, outcome: "refused", text: "Nobody has that username any more." });
      continue;
    }
    const { refusal, proposalId } = await act(viewer, { kind, target: { username }, input, facts });
    outcomes.push({
      username,
      outcome: refusal ? "refused" : proposalId ? "proposed" : "done",
      text: refusal?.text ?? null,
    });
  }
  return outcomes;
}
