import { beforeAll, expect, test } from "vitest";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { added, say } from "#app/comments/test-comments.ts";
import { publish } from "#app/posts/test-posts.ts";
import { weightOf } from "#app/reports/weight.server.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let bela: Person;
let postId: number;
let commentId: number;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  bela = await createPerson({ username: "bela", name: "Bela" });
  postId = await publish(bela, { title: "Cheap pills", body: "Buy *them* here", tags: "health" });
  commentId = await added(say(bela, postId, "Really cheap"));
});

function report(person: Person, path: string, form: Record<string, string> = { reason: "spam", note: "An advert" }) {
  return send(`${path}/report`, { cookie: person.cookie, form });
}

function openCases(where: { postId?: number; commentId?: number; userId?: string }) {
  return db.moderationCase.findMany({ where: { ...where, resolutionId: null }, include: { reports: true } });
}

test("a post, a comment and a person are reported with a rule and a note, and kept as they are", async () => {
  for (const path of [`/p/${postId}`, `/comments/${commentId}`, "/u/bela"]) {
    const page = await send(`${path}/report`, { cookie: mina.cookie });
    expect(page.body).toContain("What will happen");
    expect(page.body).toContain("No advertising");
    const answer = await report(mina, path);
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/settings/reports?reported"]);
  }
  const [ofPost] = await openCases({ postId });
  expect(ofPost).toMatchObject({ subjectId: bela.id, weight: 0.5, reportCount: 1 });
  expect(ofPost?.reports[0]).toMatchObject({
    rule: "spam",
    note: "An advert",
    snapshot: { title: "Cheap pills", body: "Buy *them* here", tags: "health", username: "bela", version: 1 },
  });
  expect((await openCases({ commentId }))[0]?.reports[0]).toMatchObject({ snapshot: { body: "Really cheap" } });
  expect((await openCases({ userId: bela.id }))[0]?.reports[0]).toMatchObject({ snapshot: { name: "Bela" } });
  const own = await send("/settings/reports", { cookie: mina.cookie });
  expect(own.body).toContain("Cheap pills");
  expect(own.body.match(/a moderator will look at it/g)).toHaveLength(3);
  expect((await send("/settings/reports", { cookie: bela.cookie })).body).not.toContain("Cheap pills");
});

test("who reports again changes nothing, and reads that once is enough", async () => {
  const page = await send(`/p/${postId}/report`, { cookie: mina.cookie });
  expect(page.body).toContain("Once is enough");
  expect(page.body).not.toContain("<textarea");
  const answer = await report(mina, `/p/${postId}`, { reason: "hate", note: "Other words" });
  expect(answer.headers.get("location")).toBe("/settings/reports?already");
  const [openCase] = await openCases({ postId });
  expect(openCase).toMatchObject({ weight: 0.5, reportCount: 1 });
  expect(openCase?.reports[0]).toMatchObject({ rule: "spam", note: "An advert" });
});

test("several reports of one thing, also at once and twice by each, are one case", async () => {
  const people = await Promise.all([1, 2, 3, 4, 5].map((n) => createPerson({ username: `reader-${n}` })));
  const id = await publish(bela, { title: "More pills", body: "x", tags: "health" });
  const answers = await Promise.all([...people, ...people].map((person) => report(person, `/p/${id}`)));
  expect(answers.every(({ status }) => status === 302)).toBe(true);
  const cases = await openCases({ postId: id });
  expect(cases).toHaveLength(1);
  expect(cases[0]).toMatchObject({ weight: 2.5, reportCount: 5 });
  expect(cases[0]?.reports).toHaveLength(5);
});

test("reports of who was right before count more, of who was wrong less", async () => {
  expect([
    weightOf({ upheld: 0, dismissed: 0 }),
    weightOf({ upheld: 8, dismissed: 0 }),
    weightOf({ upheld: 0, dismissed: 8 }),
  ]).toEqual([1, 1.8, 0.2]);
  const wrong = await createPerson({ username: "wrong" });
  await db.reporterRecord.create({ data: { userId: wrong.id, dismissed: 8 } });
  const id = await publish(bela, { title: "Quite right", body: "x", tags: "health" });
  await report(wrong, `/p/${id}`);
  expect((await openCases({ postId: id }))[0]?.weight).toBeCloseTo(0.1);
});

test.each([
  ["no rule", { note: "x" }, "Choose what is wrong."],
  ["a rule that the site does not have", { reason: "manners" }, "Choose what is wrong."],
  ["a note of 1,001 letters", { reason: "spam", note: "a".repeat(1_001) }, "Use at most 1000 characters."],
])("a report with %s comes back with a message", async (_what, form, message) => {
  const dora = await createPerson({ username: `dora-${Object.values(form).join().length}` });
  const answer = await report(dora, `/p/${postId}`, form);
  expect(answer.status).toBe(400);
  expect(answer.body).toContain(message);
});

test("nobody reports their own things, what they cannot see or what is not there", async () => {
  const removed = await publish(bela, { title: "Removed", body: "x", tags: "health" });
  await db.post.update({ where: { id: removed }, data: { removedAt: new Date() } });
  for (const path of [`/p/${removed}`, "/p/999999", "/p/0", "/comments/999999", "/u/nobody-here", "/u/mina"]) {
    expect((await send(`${path}/report`, { cookie: mina.cookie })).status, path).toBe(404);
    expect((await report(mina, path)).status, path).toBe(404);
  }
  expect((await report(bela, `/p/${postId}`)).status).toBe(404);
});

test("only members have the links, and not on their own things", async () => {
  const path = `/p/${postId}`;
  const page = async (person?: Person) => {
    const { headers } = await send(path, { cookie: person?.cookie });
    return (await send(headers.get("location") ?? path, { cookie: person?.cookie })).body;
  };
  for (const link of [`${path}/report`, `/comments/${commentId}/report`]) {
    expect(await page(mina)).toContain(link);
    expect(await page(bela)).not.toContain(link);
    expect(await page()).not.toContain(link);
  }
  expect((await send("/u/bela", { cookie: mina.cookie })).body).toContain("/u/bela/report");
  expect((await send("/u/bela", { cookie: bela.cookie })).body).not.toContain("/u/bela/report");
  expect((await send("/u/bela")).body).not.toContain("/u/bela/report");
});

test("whatever statement of a report fails, nothing has happened", async () => {
  const cleo = await createPerson({ username: "cleo" });
  const id = await publish(bela, { title: "Failing", body: "x", tags: "health" });
  let failures = 0;
  for (let failing = 1; ; failing++) {
    const cookie = await createSession(cleo.id);
    const answer = await send(`/p/${id}/report`, {
      cookie,
      form: { reason: "spam", note: "" },
      beforeStatement: failAt(failing),
    });
    if (answer.status === 302) break;
    expect(answer.status).toBe(500);
    expect(await openCases({ postId: id }), answer.statements.join("; ")).toEqual([]);
    failures += 1;
  }
  expect(failures).toBeGreaterThanOrEqual(5);
  expect(await openCases({ postId: id })).toHaveLength(1);
});

test("thirty reports in an hour are enough", async () => {
  const eager = await createPerson({ username: "eager" });
  const answers: number[] = [];
  for (let i = 0; i < 31; i++) answers.push((await report(eager, "/u/bela")).status);
  expect(answers.slice(0, 30)).toEqual(Array(30).fill(302));
  expect(answers[30]).toBe(429);
});
