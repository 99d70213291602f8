import type { Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send, type TestRequest } from "#app/server/test-request.ts";

/** Reports a thing and returns the report's id. */
export async function report(reporter: Person, path: string, form: Record<string, string> = {}): Promise<string> {
  const sent = { reason: "spam", note: "", ...form };
  const { status } = await send(`${path}/report`, { cookie: reporter.cookie, form: sent });
  if (status !== 302) throw new Error(`The report of ${path} was answered with ${status}`);
  const where = { reporterId: reporter.id };
  const { id } = await db.report.findFirstOrThrow({ where, orderBy: { createdAt: "desc" }, select: { id: true } });
  return id;
}

/** Decides the case of a report. */
export function decide(
  moderator: Person,
  reportId: string,
  form: Record<string, string | undefined>,
  more: TestRequest = {},
) {
  const sent = { reason: "As the rules say", ...form };
  return send(`/moderation/reports/${reportId}/resolution`, { cookie: moderator.cookie, form: sent, ...more });
}

/** The case of a report, with how it was closed. */
export async function caseOf(reportId: string) {
  const { case: found } = await db.report.findUniqueOrThrow({
    where: { id: reportId },
    select: { case: { include: { resolution: true } } },
  });
  return found;
}
