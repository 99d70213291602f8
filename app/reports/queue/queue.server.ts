import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import type { CaseLine } from "#app/reports/queue/case.ts";
import type { QueueFilter } from "#app/reports/queue/queue-filter.ts";
import { type ReportedKind, reportedKinds } from "#app/reports/report.ts";
import { select } from "#app/server/database.server.ts";

/** Cases on one page. */
export const queuePageSize = 25;

/**
 * Which cases somebody decides: never those about themselves, and those about moderators and admins if they are an
 * admin.
 * @param viewer the SQL of the viewer's id, and of whether they are an admin
 * @param subject the SQL alias of the person whom the case is about
 */
export const decidedBy = (viewer: { id: string; isAdmin: string }, subject: string) =>
  `${subject}.id <> ${viewer.id} and (${viewer.isAdmin} or ${subject}.role = 'member')`;

const kindColumns: Record<ReportedKind, string> = { post: "post_id", comment: "comment_id", person: "user_id" };

/** What a case `c` is about. */
export const kindSql = `case when c.post_id is not null then 'post' when c.comment_id is not null then 'comment' else 'person' end`;

/** One page of open cases, the weightiest and then the oldest first: the page is cut first, and looked up then. */
export async function listCases(
  viewer: Pick<Viewer, "id" | "role">,
  filter: QueueFilter,
  after: string | null,
): Promise<{ cases: CaseLine[]; next: string | null }> {
  const { name, text, values } = casesSql(viewer, filter, after);
  const rows = await select(name, text, values, caseRow);
  const last = rows[queuePageSize - 1];
  return {
    cases: rows.slice(0, queuePageSize).map((row) => ({ ...row, openedAt: row.openedAt.toISOString() })),
    next: rows.length > queuePageSize && last ? formatPlace(last) : null,
  };
}

function casesSql({ id, role }: Pick<Viewer, "id" | "role">, filter: QueueFilter, after: string | null) {
  const values: unknown[] = [id, role === "admin"];
  const param = (value: unknown) => `$${values.push(value)}`;
  const place = parsePlace(after);
  const chosen = [
    ...filterParts(filter, param),
    ...(place ? [["after", afterSql(param(place.weight), param(place.id))] as const] : []),
  ];
  const conditions = ["c.resolution_id is null", ...chosen.map(([, sql]) => sql)].join("\n and ");
  const text = `
    select c.id, first.id as "reportId", ${kindSql} as kind, s.username, coalesce(p.title, mp.title, '') as title,
           coalesce(p.excerpt, left(m.body, 280), nullif(s.bio, ''), s.name) as words, found.rules,
           c.report_count as "reportCount", c.weight, c.opened_at as "openedAt", a.username as assignee
      from (select c.* from moderation_cases c join users s on s.id = c.subject_id
             where ${conditions} and ${decidedBy({ id: "$1::uuid", isAdmin: "$2::boolean" }, "s")}
             order by c.weight desc, c.id limit ${queuePageSize + 1}) c
      join users s on s.id = c.subject_id
      left join users a on a.id = c.assignee_id
      left join posts p on p.id = c.post_id
      left join comments m on m.id = c.comment_id
      left join posts mp on mp.id = m.post_id
      join lateral (select r.id from reports r where r.case_id = c.id order by r.created_at, r.id limit 1) first on true
      join lateral (select array_agg(rule order by often desc, rule) as rules
                      from (select r.rule, count(*) as often from reports r where r.case_id = c.id group by r.rule) each_rule) found on true
     order by c.weight desc, c.id`;
  return { name: ["cases", ...chosen.map(([part]) => part)].join("-"), text, values };
}

/** What a filter asks of a case `c`, with a name for each condition; $1 is the viewer's id. */
function filterParts({ rule, kind, who, about }: QueueFilter, param: (value: unknown) => string): [string, string][] {
  const parts: [string, string | null][] = [
    ["rule", rule && `c.id in (select r.case_id from reports r where r.rule = ${param(rule)}::text)`],
    [kind ?? "", kind && `c.${kindColumns[kind]} is not null`],
    ["mine", who === "mine" ? "c.assignee_id = $1::uuid" : null],
    ["unassigned", who === "unassigned" ? "c.assignee_id is null" : null],
    ["about", about && `c.subject_id = (select id from users where username_key = ${param(about.toLowerCase())})`],
  ];
  return parts.flatMap(([name, sql]) => (sql ? [[name, sql]] : []));
}

/** A place in the queue's order. */
interface Place {
  weight: number;
  id: number;
}

export function formatPlace({ weight, id }: Place): string {
  return `${weight}_${id}`;
}

/** The place of an address, or null. */
export function parsePlace(text: string | null): Place | null {
  const [, weight, id] = /^(\d{1,9}(?:\.\d{1,20})?(?:e-\d{1,3})?)_(\d{1,9})$/.exec(text ?? "") ?? [];
  return id ? { weight: Number(weight), id: Number(id) } : null;
}

/** Past a place in the queue's order, so that its index begins there. */
function afterSql(weight: string, id: string): string {
  return `c.weight <= ${weight}::float8 and (c.weight < ${weight}::float8 or c.id > ${id}::int)`;
}

const caseRow = z.object({
  id: z.number(),
  reportId: z.string(),
  kind: z.enum(reportedKinds),
  username: z.string(),
  title: z.string(),
  words: z.string(),
  rules: z.array(z.string()),
  reportCount: z.number(),
  weight: z.number(),
  openedAt: z.date(),
  assignee: z.string().nullable(),
});

/** Counted this far. */
export const mostCounted = 999;

/** What waits for moderators, each counted up to one more than is said. */
export async function countWaiting({ id, role }: Pick<Viewer, "id" | "role">): Promise<Record<WaitingKind, number>> {
  const [row] = await select("waiting", waitingSql, [id, role === "admin"], waitingRow);
  if (!row) throw new Error("A count has no row");
  return row;
}

const upTo = (rows: string) => `(select count(*)::int from (${rows} limit ${mostCounted + 1}) counted)`;
const waitingSql = `
  select ${upTo(`select from moderation_cases c join users s on s.id = c.subject_id
                  where c.resolution_id is null and ${decidedBy({ id: "$1::uuid", isAdmin: "$2::boolean" }, "s")}`)} as reports,
         ${upTo("select from posts where held_at is not null and deleted_at is null")}
         + ${upTo("select from comments where held_at is not null and deleted_at is null")} as held,
         ${upTo("select from act_proposals where decided_at is null and expires_at > now()")} as proposals,
         ${upTo("select from appeals where decided_at is null")} as appeals`;

const waitingRow = z.object({ reports: z.number(), held: z.number(), proposals: z.number(), appeals: z.number() });
export type WaitingKind = keyof z.infer<typeof waitingRow>;

/** The next case of a filter that nobody else works on, after one of them or from the start: one of its reports. */
export async function findNextCase(
  { id, role }: Pick<Viewer, "id" | "role">,
  filter: QueueFilter,
  after: Place | null,
): Promise<string | null> {
  const values: unknown[] = [id, role === "admin"];
  const param = (value: unknown) => `$${values.push(value)}`;
  const chosen = filterParts(filter, param);
  const conditions = [
    "c.resolution_id is null and (c.assignee_id is null or c.assignee_id = $1::uuid)",
    decidedBy({ id: "$1::uuid", isAdmin: "$2::boolean" }, "s"),
    ...chosen.map(([, sql]) => sql),
    ...(after ? [afterSql(param(after.weight), param(after.id))] : []),
  ];
  const text = `
    select (select r.id from reports r where r.case_id = c.id order by r.created_at, r.id limit 1) as "reportId"
      from moderation_cases c join users s on s.id = c.subject_id
     where ${conditions.join("\n and ")}
     order by c.weight desc, c.id limit 1`;
  const name = [after ? "next-case" : "first-case", ...chosen.map(([part]) => part)].join("-");
  const [found] = await select(name, text, values, z.object({ reportId: z.string().nullable() }));
  return found?.reportId ?? null;
}
