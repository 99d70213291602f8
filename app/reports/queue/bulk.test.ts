import { beforeAll, expect, test } from "vitest";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { added, say } from "#app/comments/test-comments.ts";
import { publish } from "#app/posts/test-posts.ts";
import { caseOf, decide, report } from "#app/reports/test-reports.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send, type TestRequest } from "#app/server/test-request.ts";

let omar: Person;
let vera: Person;
let mina: Person;
let round = 0;

beforeAll(async () => {
  omar = await createPerson({ username: "omar", role: "moderator" });
  vera = await createPerson({ username: "vera", role: "moderator" });
  mina = await createPerson({ username: "mina" });
});

/** A post, a comment and their author, all of them reported. */
async function threeCases() {
  round += 1;
  const author = await createPerson({ username: `author-${round}` });
  const reader = await createPerson({ username: `reader-${round}` });
  const postId = await publish(author, { title: `Post ${round}`, body: "Pills", tags: "health" });
  const commentId = await added(say(author, postId, "Cheap ones"));
  const reports = [
    await report(reader, `/p/${postId}`),
    await report(reader, `/comments/${commentId}`),
    await report(reader, `/u/${author.username}`),
  ];
  const ids = await Promise.all(reports.map(async (id) => (await caseOf(id)).id));
  return { author, postId, commentId, reports, ids };
}

async function preview(decision: string, ids: (number | string)[], moderator = omar) {
  const query = new URLSearchParams([["decision", decision], ...ids.map((id) => ["case", String(id)])]);
  const { body } = await send(`/moderation/resolutions?${query}`, { cookie: moderator.cookie });
  return body.replaceAll("<!-- -->", "");
}

function settle(form: Record<string, string>, more: TestRequest = {}) {
  const sent = { reason: "All of it is advertising", ...form };
  return send("/moderation/resolutions", { cookie: omar.cookie, form: sent, ...more });
}

async function openOf(ids: number[]) {
  return db.moderationCase.count({ where: { id: { in: ids }, resolutionId: null } });
}

test("a preview says exactly what will change and what stays as it is, and changes nothing", async () => {
  const { author, ids } = await threeCases();
  const page = await preview("remove", [...ids, 999_999, "x", "-1"]);
  expect(page).toContain(`1 post and 1 comment removed, of @${author.username}.`);
  expect(page).toContain("2 cases will be closed");
  expect(page).toContain("1 case will stay");
  expect(page).toContain("There is nothing to remove of a person.");
  expect(page).toContain(`name="cases" value="${ids.slice(0, 2).join(",")}"`);
  expect(await openOf(ids)).toBe(3);
  expect(await preview("remove", [])).toContain("Nothing: none of these cases can be decided like that.");
});

test("selected things are removed at once, each with an act of its own", async () => {
  const { postId, commentId, ids, author } = await threeCases();
  const answer = await settle({
    bulk: "remove",
    cases: ids.slice(0, 2).join(","),
    decision: "remove-post",
    rule: "spam",
  });
  expect(answer.headers.get("location")).toBe("/moderation?closed=2&proposed=0");
  expect((await db.post.findUniqueOrThrow({ where: { id: postId } })).removedAt).not.toBeNull();
  expect((await db.comment.findUniqueOrThrow({ where: { id: commentId } })).removedAt).not.toBeNull();
  const kinds = await db.moderationAction.findMany({ where: { subjectUserId: author.id }, orderBy: { id: "asc" } });
  expect(kinds.map(({ kind }) => kind).sort()).toEqual(["remove-comment", "remove-post"]);
  expect(await openOf(ids)).toBe(1);
});

test("a person with three cases is warned once, and all three are closed by that", async () => {
  const { author, ids } = await threeCases();
  expect((await settle({ bulk: "warn", cases: ids.join(",") })).status).toBe(302);
  const actions = await db.moderationAction.findMany({ where: { subjectUserId: author.id } });
  expect(actions).toHaveLength(1);
  const resolutions = await db.resolution.findMany({ where: { caseId: { in: ids } } });
  expect(resolutions.map(({ actionId }) => actionId)).toEqual(Array(3).fill(actions[0]?.id));
});

test("where one of the cases has changed since the preview, none is decided", async () => {
  const { ids, reports, author } = await threeCases();
  await decide(vera, reports[0] ?? "", { decision: "dismissed" });
  const answer = await settle({ bulk: "warn", cases: ids.join(",") });
  expect(answer.status).toBe(409);
  expect(await openOf(ids)).toBe(2);
  expect(await db.moderationAction.count({ where: { subjectUserId: author.id } })).toBe(0);
  expect(await preview("warn", ids)).toContain("It is closed.");
});

test("what others work on and what is somebody's higher up is left alone", async () => {
  const { ids } = await threeCases();
  await db.moderationCase.update({ where: { id: ids[0] }, data: { assigneeId: vera.id, assignedAt: new Date() } });
  expect(await preview("dismissed", ids)).toContain("@vera works on it.");
  const post = await publish(vera, { title: "By a moderator", body: "x", tags: "tea" });
  const { id } = await caseOf(await report(mina, `/p/${post}`));
  expect(await preview("dismissed", [id])).toContain("Nothing: none of these cases");
  expect((await settle({ bulk: "dismissed", cases: String(id) })).status).toBe(409);
});

test.each([{}, { bulk: "warn" }, { bulk: "warn", cases: "a,b" }])("a form with %o is refused", async (form) => {
  expect((await settle(form as Record<string, string>)).status).toBe(400);
});

test("two moderators who decide the same cases at once in another order do not wait in a circle", async () => {
  for (let i = 0; i < 3; i++) {
    const [one, two] = [await threeCases(), await threeCases()];
    const ids = [...one.ids, ...two.ids];
    const answers = await Promise.all([
      settle({ bulk: "warn", cases: ids.join(",") }),
      settle({ bulk: "dismissed", cases: ids.toReversed().join(",") }, { cookie: vera.cookie }),
      report(omar, `/p/${one.postId}`),
      report(vera, `/p/${two.postId}`),
    ]);
    expect(
      answers
        .slice(0, 2)
        .map((answer) => typeof answer === "object" && answer.status)
        .sort(),
    ).toEqual([302, 409]);
    // One of the two reports may have come after the decision, and opened a case of its own.
    expect(await openOf(ids)).toBe(0);
  }
});

test("whatever statement of a decision about several cases fails, nothing has happened", async () => {
  const { author, ids } = await threeCases();
  const state = async () => ({
    cases: await db.moderationCase.findMany({ where: { id: { in: ids } }, orderBy: { id: "asc" } }),
    posts: await db.post.findMany({ where: { authorId: author.id } }),
    comments: await db.comment.findMany({ where: { authorId: author.id } }),
    actions: await db.moderationAction.count(),
    effects: await db.actEffect.count(),
    resolutions: await db.resolution.count(),
    records: await db.reporterRecord.findMany(),
    told: await db.notification.count({ where: { kind: "moderation" } }),
  });
  const before = await state();
  let failures = 0;
  for (let failing = 1; ; failing++) {
    const form = { bulk: "remove", cases: ids.slice(0, 2).join(",") };
    const cookie = await createSession(omar.id);
    const answer = await settle(form, { cookie, beforeStatement: failAt(failing) });
    if (answer.status === 302) break;
    expect(answer.status).toBe(500);
    expect(await state(), answer.statements.join("; ")).toEqual(before);
    failures += 1;
  }
  expect(failures).toBeGreaterThanOrEqual(15);
});
