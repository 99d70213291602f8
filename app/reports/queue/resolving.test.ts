import { beforeAll, expect, test } from "vitest";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { added, say } from "#app/comments/test-comments.ts";
import { undoAct } from "#app/moderation/undo.server.ts";
import { publish } from "#app/posts/test-posts.ts";
import { caseOf, decide, report } from "#app/reports/test-reports.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let iris: Person;
let omar: Person;
let vera: Person;
let mina: Person;
let bela: Person;
let round = 0;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
  omar = await createPerson({ username: "omar", role: "moderator" });
  vera = await createPerson({ username: "vera", role: "moderator" });
  mina = await createPerson({ username: "mina" });
  bela = await createPerson({ username: "bela" });
});

async function reportedPost(reporter = mina, author = bela): Promise<{ postId: number; reportId: string }> {
  round += 1;
  const postId = await publish(author, { title: `Post ${round}`, body: "Buy pills", tags: "health" });
  return { postId, reportId: await report(reporter, `/p/${postId}`) };
}

function told(person: Person) {
  return db.notification.findMany({ where: { userId: person.id, kind: "moderation" }, orderBy: { createdAt: "asc" } });
}

test("a removal closes the case: the post is gone, both sides are told, the reporter was right", async () => {
  const reporter = await createPerson({ username: "right" });
  const { postId, reportId } = await reportedPost(reporter);
  const page = await send(`/moderation/reports/${reportId}/resolution?decision=remove-post`, { cookie: omar.cookie });
  expect(page.body).toContain("What will happen");
  expect(page.body).toContain("No advertising.");
  const answer = await decide(omar, reportId, {
    decision: "remove-post",
    rule: "spam",
    reason: "An advert, the third one",
    wordsToSubject: "This is an advert.",
    wordsToReporters: "Thank you for telling us.",
  });
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toContain(`done=${reportId}`);
  const closed = await caseOf(reportId);
  expect(closed.resolution).toMatchObject({ kind: "acted", reason: "An advert, the third one", moderatorId: omar.id });
  const action = await db.moderationAction.findUniqueOrThrow({ where: { id: closed.resolution?.actionId ?? "" } });
  expect(action).toMatchObject({ kind: "remove-post", reason: "This is an advert.", subjectPostId: postId });
  expect(action.details).toMatchObject({ caseId: closed.id, rule: "spam" });
  expect((await db.post.findUniqueOrThrow({ where: { id: postId } })).removedAt).not.toBeNull();
  expect(await db.reporterRecord.findUnique({ where: { userId: reporter.id } })).toMatchObject({ upheld: 1 });
  expect(await told(reporter)).toMatchObject([{ reportId, actionId: null }]);
  const lines = await send("/notifications", { cookie: reporter.cookie });
  expect(lines.body).toContain("A moderator acted on your report");
  expect(lines.body).toContain("Thank you for telling us.");
  expect(lines.body).toContain('href="/settings/reports"');
  expect((await send("/settings/reports", { cookie: reporter.cookie })).body).toContain("Thank you for telling us.");
  expect((await send("/notifications", { cookie: bela.cookie })).body).toContain(`/decisions/${action.id}`);
});

test("a dismissed case tells the reporter, counts against them, and is opened anew by a new report", async () => {
  const reporter = await createPerson({ username: "wrong" });
  const { postId, reportId } = await reportedPost(reporter);
  const before = (await told(bela)).length;
  expect((await decide(omar, reportId, { decision: "dismissed" })).status).toBe(302);
  expect((await caseOf(reportId)).resolution).toMatchObject({ kind: "dismissed", actionId: null });
  expect(await db.reporterRecord.findUnique({ where: { userId: reporter.id } })).toMatchObject({ dismissed: 1 });
  expect(await told(bela)).toHaveLength(before);
  expect((await send("/notifications", { cookie: reporter.cookie })).body).toContain("found no rule broken");
  const again = await report(reporter, `/p/${postId}`);
  const reopened = await caseOf(again);
  expect(reopened.id).not.toBe((await caseOf(reportId)).id);
  expect(reopened.resolutionId).toBeNull();
  expect(reopened.weight).toBeCloseTo(1 / 3);
});

test("no case closes without a decision and a reason", async () => {
  const { reportId } = await reportedPost();
  for (const form of [{}, { decision: "close" }, { decision: "remove-comment" }, { decision: "role" }]) {
    expect((await decide(omar, reportId, form)).status, JSON.stringify(form)).toBe(400);
  }
  const empty = await decide(omar, reportId, { decision: "dismissed", reason: " " });
  expect([empty.status, empty.body.includes("Say why, in")]).toEqual([400, true]);
  const endless = await decide(omar, reportId, { decision: "ban" });
  expect([endless.status, endless.body.includes("Choose how long.")]).toEqual([400, true]);
  expect((await caseOf(reportId)).resolutionId).toBeNull();
});

test("of two moderators who decide at once one wins, and the other reads who did what", async () => {
  for (let i = 0; i < 5; i++) {
    const { reportId } = await reportedPost();
    const answers = await Promise.all([
      decide(omar, reportId, { decision: "remove-post" }),
      decide(vera, reportId, { decision: "dismissed" }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([302, 409]);
    const { resolution } = await caseOf(reportId);
    const words =
      resolution?.moderatorId === omar.id
        ? "@omar has closed this case: they removed a post of theirs."
        : "@vera has closed this case: no rule was broken.";
    expect(answers.find(({ status }) => status === 409)?.body).toContain(words);
    expect(await db.resolution.count({ where: { caseId: resolution?.caseId } })).toBe(1);
  }
});

test("what needs a second moderator leaves the case open and says so", async () => {
  const { reportId } = await reportedPost();
  await db.siteSetting.create({ data: { name: "moderation", value: { approvals: ["ban"] } } });
  const answer = await decide(omar, reportId, { decision: "ban", duration: "7d" });
  await db.siteSetting.delete({ where: { name: "moderation" } });
  expect(answer.status).toBe(302);
  expect((await caseOf(reportId)).resolutionId).toBeNull();
  const page = await send(`/moderation/reports/${reportId}`, { cookie: omar.cookie });
  expect(page.body).toContain("asks a second moderator");
  expect(page.body).toContain("/moderation/proposals");
  expect((await told(mina)).filter((line) => line.reportId === reportId)).toEqual([]);
});

test("an undone act leaves the case closed, and the case says that it was undone", async () => {
  const commentPost = await publish(bela, { title: "With a comment", body: "x", tags: "tea" });
  const commentId = await added(say(bela, commentPost, "Cheap pills"));
  const reportId = await report(mina, `/comments/${commentId}`);
  await decide(omar, reportId, { decision: "remove-comment", rule: "spam" });
  const { resolution } = await caseOf(reportId);
  const session = await db.session.findFirstOrThrow({ where: { userId: iris.id } });
  const { id, username, name } = iris;
  const viewer = { id, username, name, avatar: "", role: "admin" as const, sessionId: session.id };
  const rest = { provedAt: new Date().toISOString(), staffFactorDue: null, recoveryReadyAt: null };
  const facts = { ipAddress: "", userAgent: "" };
  await undoAct({ ...viewer, ...rest }, resolution?.actionId ?? "", { reason: "It was wrong", facts });
  expect((await caseOf(reportId)).resolutionId).not.toBeNull();
  const page = await send(`/moderation/reports/${reportId}`, { cookie: vera.cookie });
  expect(page.body).toContain("The act was undone.");
});

test("nobody decides about themselves, and only admins about moderators", async () => {
  const { reportId } = await reportedPost(mina, omar);
  for (const moderator of [omar, vera]) {
    expect((await send(`/moderation/reports/${reportId}`, { cookie: moderator.cookie })).status).toBe(404);
    expect((await send("/moderation", { cookie: moderator.cookie })).body).not.toContain(reportId);
    expect((await decide(moderator, reportId, { decision: "dismissed" })).status).toBe(404);
  }
  expect((await send("/moderation", { cookie: iris.cookie })).body).toContain(reportId);
  expect((await decide(iris, reportId, { decision: "warn" })).status).toBe(302);
});

test("whoever decides gets nothing for agreeing with themselves", async () => {
  const { reportId } = await reportedPost(vera);
  await decide(vera, reportId, { decision: "noted" });
  const { reportId: second } = await reportedPost(vera);
  await decide(vera, second, { decision: "remove-post" });
  expect(await db.reporterRecord.findUnique({ where: { userId: vera.id } })).toBeNull();
  expect(await told(vera)).toEqual([]);
});

test.each([
  { decision: "ban", duration: "7d", content: "hidden" },
  { decision: "remove-post", rule: "spam" },
  { decision: "dismissed" },
])("whatever statement of $decision fails, nothing has happened", async (form) => {
  const author = await createPerson({ username: `fails-${form.decision}` });
  const { reportId } = await reportedPost(mina, author);
  const before = await state(author);
  let failures = 0;
  for (let failing = 1; ; failing++) {
    const cookie = await createSession(omar.id);
    const answer = await decide(omar, reportId, form, { cookie, beforeStatement: failAt(failing) });
    if (answer.status === 302) break;
    expect(answer.status).toBe(500);
    expect(await state(author), answer.statements.join("; ")).toEqual(before);
    failures += 1;
  }
  expect(failures).toBeGreaterThanOrEqual(8);
  expect(await state(author)).not.toEqual(before);
});

async function state(author: Person) {
  return {
    cases: await db.moderationCase.findMany({ where: { subjectId: author.id } }),
    posts: await db.post.findMany({ where: { authorId: author.id } }),
    person: await db.user.findUniqueOrThrow({ where: { id: author.id } }),
    actions: await db.moderationAction.count({ where: { subjectUserId: author.id } }),
    effects: await db.actEffect.count(),
    resolutions: await db.resolution.count(),
    records: await db.reporterRecord.findMany({ orderBy: { userId: "asc" } }),
    told: await db.notification.count({ where: { kind: "moderation" } }),
  };
}
