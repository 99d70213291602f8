import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { type BranchInput, branchActs, mostConcerned } from "#app/invites/branch-form.ts";
import type { Branch } from "#app/invites/invite.ts";
import { listBranch, revokeBranch } from "#app/invites/tree.server.ts";
import { act } from "#app/moderation/act.server.ts";
import type { Outcome } from "#app/moderation/outcome.server.ts";

export interface BranchOutcome {
  invites: number;
  done: number;
  proposed: number;
  /** usernames of those to whom nothing was done, for it is not the viewer's to do or not possible */
  refused: string[];
}

/**
 * Ends the invites of a branch, and does what was chosen to each of those people in it who were shown: an act each, in
 * a transaction of its own, so that one that is refused does not keep the others.
 */
export async function actOnBranch(
  viewer: Viewer,
  rootId: string,
  { act: chosen, people, reason }: BranchInput,
  facts: RequestFacts,
): Promise<BranchOutcome> {
  const shown = new Set(people);
  const concerned = (await listBranch(rootId)).filter(({ id }) => shown.has(id));
  const userIds = concerned.map(({ id }) => id);
  const outcome: BranchOutcome = {
    invites: await revokeBranch(viewer, { rootId, userIds, reason }, facts),
    done: 0,
    proposed: 0,
    refused: [],
  };
  const what = branchActs[chosen].act;
  if (!what || concerned.length > mostConcerned) return outcome;
  for (const person of concerned) {
    const { refusal, proposalId } = await doTo(viewer, person, what, reason, facts);
    if (refusal) outcome.refused.push(person.username);
    else if (proposalId) outcome.proposed += 1;
    else outcome.done += 1;
  }
  return outcome;
}

type ActOnPerson = NonNullable<(typeof branchActs)[keyof typeof branchActs]["act"]>;

function doTo(
  viewer: Viewer,
  { username }: Branch,
  what: ActOnPerson,
  reason: string,
  facts: RequestFacts,
): Promise<Outcome> {
  const target = { username };
  if (what.kind === "silence") {
    return act(viewer, { kind: "silence", target, input: { duration: what.duration, reason }, facts });
  }
  return act(viewer, { kind: "ban", target, input: { duration: what.duration, content: "kept", reason }, facts });
}
