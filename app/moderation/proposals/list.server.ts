import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { type ActKind, durations, isActKind, isDuration } from "#app/moderation/moderation.ts";
import { whyNotApprove } from "#app/moderation/policy.ts";
import type { ShownProposal } from "#app/moderation/proposals/proposal.ts";
import { select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";
import { roles } from "#app/users/user.ts";

const pageSize = 25;

/** One page of proposals, the latest first: one statement. */
export async function listProposals(
  viewer: Viewer,
  after: Cursor | null,
): Promise<{ proposals: ShownProposal[]; next: string | null }> {
  const values = [pageSize + 1, ...(after ? [after.at, after.id] : [])];
  const rows = await select(`proposals${after ? "-after" : ""}`, listSql(after !== null), values, proposalRow);
  const last = rows[pageSize - 1];
  return {
    proposals: rows.slice(0, pageSize).map((row) => toShown(row, viewer)),
    next: rows.length > pageSize && last ? formatCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

const listSql = (paged: boolean) => `
  select o.id, o.kind, o.input, o.created_at as "createdAt", o.expires_at as "expiresAt", o.approved,
         o.proposer_id::text as "proposerId", o.subject_user_id::text as "subjectId", s.role::text as "subjectRole",
         p.username as proposer, s.username as subject, d.username as decider
    from act_proposals o join users p on p.id = o.proposer_id join users s on s.id = o.subject_user_id
    left join users d on d.id = o.decider_id
   ${paged ? "where (o.created_at, o.id) < ($2::timestamptz, $3::uuid)" : ""}
   order by o.created_at desc, o.id desc limit $1`;

const proposalRow = z.object({
  id: z.string(),
  kind: z.string(),
  input: z.object({
    target: z.object({ postId: z.number(), commentId: z.number() }).partial(),
    form: z.object({
      reason: z.string().default(""),
      duration: z.string().optional(),
      role: z.string().optional(),
      username: z.string().optional(),
      content: z.string().optional(),
      rule: z.string().optional(),
    }),
  }),
  createdAt: z.date(),
  expiresAt: z.date(),
  approved: z.boolean().nullable(),
  proposerId: z.string(),
  subjectId: z.string(),
  subjectRole: z.enum(roles),
  proposer: z.string(),
  subject: z.string(),
  decider: z.string().nullable(),
});

function toShown(row: z.infer<typeof proposalRow>, viewer: Viewer): ShownProposal {
  const { id, kind, input, createdAt, expiresAt, approved, proposer, subject, decider } = row;
  const state =
    approved === null ? (expiresAt <= new Date() ? "expired" : "waits") : approved ? "approved" : "declined";
  const people = {
    proposerId: row.proposerId,
    subject: { id: row.subjectId, username: subject, role: row.subjectRole, banned: false },
  };
  return {
    id,
    kind,
    facts: factsOf(input.form),
    reason: input.form.reason,
    thing: thingOf(input.target),
    ...{ subject, proposer, decider, state },
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    whyNot: state === "waits" && isActKind(kind) ? whyNotYet(kind, viewer, people) : null,
  };
}

function whyNotYet(kind: ActKind, viewer: Viewer, people: Parameters<typeof whyNotApprove>[2]): string | null {
  return whyNotApprove(kind, viewer, people)?.text ?? null;
}

function factsOf({ duration, role, username, content, rule }: z.infer<typeof proposalRow>["input"]["form"]): string[] {
  const facts = [
    duration && isDuration(duration) && (durations[duration].words ?? "For good"),
    role && `New role: ${role}`,
    username && `New username: @${username}`,
    content === "hidden" && "What they have written is removed",
    rule && `Rule: ${rule}`,
  ];
  return facts.flatMap((fact) => fact || []);
}

function thingOf({ postId, commentId }: { postId?: number; commentId?: number }): ShownProposal["thing"] {
  if (commentId !== undefined) return { url: `/comments/${commentId}`, words: "The comment" };
  return postId === undefined ? null : { url: `/p/${postId}`, words: "The post" };
}
