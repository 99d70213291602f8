import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { added, say } from "#app/comments/test-comments.ts";
import { publish } from "#app/posts/test-posts.ts";
import { caseOf, decide, report } from "#app/reports/test-reports.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let omar: Person;
let vera: Person;
let mina: Person;
let bela: Person;
let postReport: string;
let commentReport: string;
let personReport: string;
let postId: number;

beforeAll(async () => {
  omar = await createPerson({ username: "omar", role: "moderator" });
  vera = await createPerson({ username: "vera", role: "moderator" });
  mina = await createPerson({ username: "mina" });
  bela = await createPerson({ username: "bela", name: "Bela <b>" });
  postId = await publish(bela, { title: "Cheap <pills>", body: "Buy them here, now", tags: "health" });
  await publish(bela, { title: "Other pills", body: "Buy them here, too", tags: "health" });
  await publish(bela, { title: "A walk", body: "Along the river", tags: "walks" });
  const commentId = await added(say(bela, postId, "Really cheap"));
  personReport = await report(mina, "/u/bela", { reason: "other" });
  commentReport = await report(mina, `/comments/${commentId}`, { reason: "spam" });
  postReport = await report(mina, `/p/${postId}`, { reason: "spam", note: "An advert <i>" });
  await report(await createPerson({ username: "cleo" }), `/p/${postId}`, { reason: "off-topic" });
});

/** Without the marks between two pieces of text. */
function asRead(body: string): string {
  return body.replaceAll("<!-- -->", "");
}

async function queue(query = "", moderator = omar) {
  const { status, body, statements } = await send(`/moderation${query}`, { cookie: moderator.cookie });
  const ids = [...body.matchAll(/href="\/moderation\/reports\/([0-9a-f-]{36})["?]/g)].map(([, id]) => id);
  return { status, body: asRead(body), ids, statements };
}

test("the queue has the weightiest case first and then the oldest, with what a moderator needs to choose", async () => {
  const { ids, body, statements } = await queue();
  expect(ids).toEqual([postReport, personReport, commentReport]);
  expect(body).toContain("Cheap &lt;pills&gt;");
  expect(body).toContain("Buy them here, now");
  expect(body).toContain("2 reports");
  expect(body).toContain("weight 1.0");
  expect(body).toContain("nobody works on it");
  expect(statements.length).toBeLessThanOrEqual(4);
});

test.each([
  ["?rule=off-topic", () => [postReport]],
  ["?kind=comment", () => [commentReport]],
  ["?kind=person&rule=spam", () => []],
  ["?who=mine", () => []],
  ["?who=unassigned&kind=post", () => [postReport]],
  ["?about=%40Bela", () => [postReport, personReport, commentReport]],
  ["?about=mina", () => []],
  ["?rule=nothing'--&kind=x&who=y&about=a%00", () => [postReport, personReport, commentReport]],
  ["?after=2_1", () => [postReport, personReport, commentReport].slice(1)],
  ["?after=x_y", () => [postReport, personReport, commentReport]],
])("the queue with %s shows what is asked for", async (query, expected) => {
  const { ids, status } = await queue(query);
  expect(status).toBe(200);
  if (query.includes("after=2")) expect(ids).not.toContain(undefined);
  else expect(ids).toEqual(expected());
});

test("forty cases are on two pages, each of them once", async () => {
  const people = await Promise.all(Array.from({ length: 40 }, (_, n) => createPerson({ username: `person-${n}` })));
  for (const [n, { id }] of people.entries()) {
    const { id: caseId } = await db.moderationCase.create({
      data: { userId: id, subjectId: id, weight: n % 3, reportCount: 1 },
    });
    await db.report.create({ data: { caseId, reporterId: mina.id, rule: "spam", snapshot: {}, weight: n % 3 } });
  }
  const first = await queue("?kind=person");
  const next = /href="\/moderation(\?[^"]*after=[^"]*)"/.exec(first.body)?.[1]?.replaceAll("&amp;", "&") ?? "";
  const second = await queue(next);
  expect([first.ids.length, second.ids.length]).toEqual([25, 16]);
  expect(new Set([...first.ids, ...second.ids]).size).toBe(41);
  await db.user.deleteMany({ where: { id: { in: people.map(({ id }) => id) } } });
});

test("a case shows the reports, the record, the other cases, similar posts and what changed since", async () => {
  const page = await send(`/moderation/reports/${postReport}`, { cookie: omar.cookie });
  expect(page.body).toContain("An advert &lt;i&gt;");
  expect(asRead(page.body)).toContain("@cleo");
  expect(page.body).toContain("No moderator has ever acted here.");
  expect(page.body).toContain(commentReport);
  expect(page.body.indexOf("Other pills")).toBeLessThan(page.body.indexOf("A walk"));
  expect(page.body).not.toContain("What has changed since");
  expect(page.body).not.toContain(bela.email);
  const form = { title: "Cheap <pills>", body: "Nothing at all", tags: "health", status: "published", version: "1" };
  await send(`/p/${postId}/edit`, { cookie: bela.cookie, form: { ...form, url: "" } });
  const later = await send(`/moderation/reports/${postReport}`, { cookie: omar.cookie });
  expect(later.body.match(/What has changed since/g)).toHaveLength(1);
  expect(later.body).toMatch(/<del>.*Buy them here/s);
});

test("who opens a case that somebody works on reads who and since when, and can take it over", async () => {
  const assign = (person: Person, form: Record<string, string>) =>
    send(`/moderation/reports/${postReport}/assignment`, { cookie: person.cookie, form });
  expect((await assign(omar, { on: "true", from: "" })).headers.get("location")).not.toContain("late");
  // Vera's page is from before that.
  expect((await assign(vera, { on: "true", from: "" })).headers.get("location")).toContain("?late");
  const page = await send(`/moderation/reports/${postReport}?late`, { cookie: vera.cookie });
  expect(asRead(page.body)).toContain("@omar works on this case");
  expect(page.body).toContain("Somebody was quicker.");
  expect((await queue("?who=mine")).ids).toEqual([postReport]);
  expect((await queue("?who=mine", vera)).ids).toEqual([]);
  const next = await send("/moderation/next", { cookie: vera.cookie });
  expect(next.headers.get("location")).toBe(`/moderation/reports/${personReport}`);
  await assign(vera, { on: "true", from: "omar" });
  expect(await caseOf(postReport)).toMatchObject({ assigneeId: vera.id });
  expect((await assign(omar, { on: "false" })).headers.get("location")).toContain("?late");
  await assign(vera, { on: "false" });
  expect(await caseOf(postReport)).toMatchObject({ assigneeId: null, assignedAt: null });
  expect((await assign(vera, { on: "maybe" })).status).toBe(400);
});

test("a moderator's note stands with the person in every case of theirs", async () => {
  const path = `/moderation/reports/${postReport}`;
  const empty = await send(path, { cookie: omar.cookie, form: { note: " \u200b" } });
  expect([empty.status, empty.body.includes("Write a note.")]).toEqual([400, true]);
  await send(path, { cookie: omar.cookie, form: { note: "Third account <b>" } });
  const other = await send(`/moderation/reports/${personReport}`, { cookie: vera.cookie });
  expect(other.body).toContain("Third account &lt;b&gt;");
});

test("after a decision comes the next case, with the way to undo the last one", async () => {
  const answer = await decide(omar, commentReport, { decision: "remove-comment", rule: "spam" });
  const next = await send(answer.headers.get("location") ?? "", { cookie: omar.cookie });
  expect(next.status).toBe(302);
  const page = await send(next.headers.get("location") ?? "", { cookie: omar.cookie });
  const { resolution } = await caseOf(commentReport);
  expect(asRead(page.body)).toContain("You removed a comment of theirs");
  expect(page.body).toContain(`/moderation/log/${resolution?.actionId}/undo`);
  expect(page.body).toMatch(/data-key="u"/);
  for (const key of ["n", "t", "r", "w", "b", "d", "m"]) expect(page.body, key).toContain(`data-key="${key}"`);
});

test("an address that names no report is no page", async () => {
  for (const id of ["x", "01a1f833-2695-7726-b2d3-f140121b8ece", "%00"]) {
    expect((await send(`/moderation/reports/${id}`, { cookie: omar.cookie })).status).toBe(404);
  }
});
