import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { createPost } from "#app/comments/test-comments.ts";
import { caseOf, decide, report } from "#app/reports/test-reports.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let iris: Person;
let omar: Person;
let vera: Person;
let mina: Person;
let bela: Person;
let round = 0;
/** What a report of an account of today weighs, without a record. */
const newcomer = 0.5;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
  omar = await createPerson({ username: "omar", role: "moderator" });
  vera = await createPerson({ username: "vera", role: "moderator" });
  mina = await createPerson({ username: "mina" });
  bela = await createPerson({ username: "bela" });
});

async function reportedPost(reporter = mina, author = bela): Promise<{ postId: number; reportId: string }> {
  round += 1;
  const postId = await createPost(author, { title: `Post ${round}` });
  return { postId, reportId: await report(reporter, `/p/${postId}`) };
}

/** A case that was closed, with the address that opens it again. */
async function decided(decision = "dismissed", { by = omar, reporter = mina, author = bela } = {}) {
  const { postId, reportId } = await reportedPost(reporter, author);
  expect((await decide(by, reportId, { decision })).status).toBe(302);
  const { id: caseId, resolutionId } = await caseOf(reportId);
  return { postId, reportId, caseId, resolutionId, address: `/moderation/resolutions/${resolutionId}/undo` };
}

const undo = (by: Person, address: string, reason = "It was an advert after all") =>
  send(address, { cookie: by.cookie, form: { reason } });
const record = (person: Person) => db.reporterRecord.findUnique({ where: { userId: person.id } });
const weightOf = async (id: string) => (await db.report.findUniqueOrThrow({ where: { id } })).weight;
const lines = (person: Person) =>
  db.notification.findMany({ where: { userId: person.id, kind: "moderation" }, orderBy: { createdAt: "asc" } });

test("a dismissal is undone: the case is open as it was, and what was decided stays readable", async () => {
  const reporter = await createPerson({ username: "right" });
  const { reportId, caseId, resolutionId, address } = await decided("dismissed", { reporter });
  const after = await send(`/moderation/reports/${reportId}?done=${reportId}`, { cookie: omar.cookie });
  expect(after.body.match(new RegExp(`data-key="u"[^>]*href="${address}"`, "g"))).toHaveLength(2);
  expect((await send(address, { cookie: vera.cookie })).body).toContain("What will happen");
  const empty = await undo(vera, address, " ");
  expect([empty.status, empty.body.includes("Say why, in")]).toEqual([400, true]);
  const undone = await undo(vera, address);
  expect([undone.status, undone.headers.get("location")]).toEqual([302, `/moderation/reports/${reportId}`]);
  expect(await caseOf(reportId)).toMatchObject({ id: caseId, resolutionId: null, reportCount: 1, weight: newcomer });
  expect(await db.resolution.findUnique({ where: { id: resolutionId ?? "" } })).toMatchObject({
    kind: "dismissed",
    moderatorId: omar.id,
    undoneById: vera.id,
    undoneReason: "It was an advert after all",
    undoneAt: expect.any(Date),
  });
  const page = await send(`/moderation/reports/${reportId}?done=${reportId}`, { cookie: omar.cookie });
  for (const words of ["Decided before, and taken back", "@vera opened it again", "It was an advert after all"]) {
    expect(page.body).toContain(words);
  }
  expect(page.body).not.toContain("a second moderator is asked");
  expect((await send("/moderation", { cookie: omar.cookie })).body).toContain(reportId);
});

test("whoever reported is told that it is open again, and what they were told before stays", async () => {
  const reporter = await createPerson({ username: "told" });
  const { address } = await decided("dismissed", { reporter });
  await undo(vera, address);
  expect(await lines(reporter)).toHaveLength(2);
  const { body } = await send("/notifications", { cookie: reporter.cookie });
  expect(body).toMatch(/What you reported is open again[\s\S]*found no rule broken/);
  expect((await send("/settings/reports", { cookie: reporter.cookie })).body).toContain("Open again");
});

test("whoever was reported and never heard of it hears nothing of its being opened again", async () => {
  const author = await createPerson({ username: "author" });
  const { address, caseId, resolutionId } = await decided("dismissed", { author });
  await undo(vera, address);
  const action = await db.moderationAction.findFirstOrThrow({ where: { subjectUserId: author.id } });
  expect(action).toMatchObject({ kind: "reopen", moderatorId: vera.id, reason: "It was an advert after all" });
  expect(action.details).toMatchObject({ caseId, resolutionId });
  expect(await lines(author)).toEqual([]);
  expect((await send("/settings/decisions", { cookie: author.cookie })).body).not.toContain(action.id);
  expect((await send(`/decisions/${action.id}`, { cookie: author.cookie })).status).toBe(404);
  expect((await send(`/moderation/log/${action.id}`)).status).toBe(404);
  expect((await send("/moderation/log")).body).not.toContain("@author");
  expect((await send("/admin/users/author", { cookie: omar.cookie })).body).toContain("opened a case about them again");
  const again = await undo(vera, `/moderation/log/${action.id}/undo`);
  expect([again.status, again.body.includes("closed by deciding about it")]).toEqual([409, true]);
});

test("records and weights are as if it had never been decided, also of what was reported since", async () => {
  const reporter = await createPerson({ username: "weighed" });
  const first = await decided("dismissed", { reporter });
  const { reportId: second } = await reportedPost(reporter);
  expect(await weightOf(second)).toBeCloseTo((2 / 3) * newcomer);
  const other = await decided("remove-post", { reporter });
  const { reportId: fourth } = await reportedPost(reporter);
  const fifth = await report(vera, `/p/${(await caseOf(fourth)).postId}`);
  expect(await weightOf(fourth)).toBeCloseTo(newcomer);
  await undo(omar, first.address);
  expect(await record(reporter)).toMatchObject({ upheld: 1, dismissed: 0 });
  const weights = await Promise.all([first.reportId, second, other.reportId, fourth].map(weightOf));
  for (const [at, weight] of [1, 1, 1, 4 / 3].entries()) expect(weights[at]).toBeCloseTo(weight * newcomer);
  expect((await caseOf(second)).weight).toBeCloseTo(newcomer);
  expect((await caseOf(fourth)).weight).toBeCloseTo((4 / 3) * newcomer + (await weightOf(fifth)));
});

test("a record of nothing is gone, and a word that counted for nobody changes none", async () => {
  const reporter = await createPerson({ username: "unrecorded" });
  const noted = await decided("noted", { reporter });
  await undo(omar, noted.address);
  const acted = await decided("acted", { reporter });
  expect(await record(reporter)).toMatchObject({ upheld: 1 });
  await undo(omar, acted.address);
  expect(await record(reporter)).toBeNull();
  const own = await decided("dismissed", { by: vera, reporter: vera });
  await undo(omar, own.address);
  expect(await record(vera)).toBeNull();
});

test("it is undone once, also by two at once, and can be decided and undone anew", async () => {
  const reporter = await createPerson({ username: "twice" });
  const { reportId, address } = await decided("dismissed", { reporter });
  const both = await Promise.all([undo(omar, address), undo(vera, address)]);
  expect(both.map(({ status }) => status).sort()).toEqual([302, 409]);
  const late = await undo(omar, address);
  expect([late.status, late.body.includes("This is undone already.")]).toEqual([409, true]);
  expect((await send(address, { cookie: omar.cookie })).body).toContain("This is undone already.");
  expect((await decide(vera, reportId, { decision: "acted" })).status).toBe(302);
  expect(await record(reporter)).toMatchObject({ upheld: 1, dismissed: 0 });
  expect((await undo(omar, address)).status).toBe(409);
  const { resolutionId } = await caseOf(reportId);
  expect((await undo(omar, `/moderation/resolutions/${resolutionId}/undo`)).status).toBe(302);
  expect(await record(reporter)).toBeNull();
  const { caseId } = await db.report.findUniqueOrThrow({ where: { id: reportId } });
  expect(
    await db.moderationAction.count({ where: { kind: "reopen", details: { path: ["caseId"], equals: caseId } } }),
  ).toBe(2);
});

test("two decisions about reports of one person are undone at once, while they report more", async () => {
  for (let i = 0; i < 4; i++) {
    const reporter = await createPerson({ username: `busy-${i}` });
    const [dismissed, acted] = [await decided("dismissed", { reporter }), await decided("acted", { reporter })];
    const since = await reportedPost(reporter);
    const more = await createPost(bela, { title: `More ${i}` });
    const [one, other, newest] = await Promise.all([
      undo(omar, dismissed.address),
      undo(vera, acted.address),
      report(reporter, `/p/${more}`),
    ]);
    expect([one.status, other.status]).toEqual([302, 302]);
    expect(await record(reporter)).toBeNull();
    for (const id of [since.reportId, newest]) expect(await weightOf(id)).toBeCloseTo(newcomer);
  }
});

test("where the same was reported again, that case is decided first", async () => {
  const { postId, reportId, address } = await decided();
  const again = await report(mina, `/p/${postId}`);
  const refused = await undo(vera, address);
  expect([refused.status, refused.body.includes("The same was reported again since")]).toEqual([409, true]);
  const page = await send(address, { cookie: vera.cookie });
  expect(page.body).toContain(`href="/moderation/reports/${again}"`);
  expect((await caseOf(reportId)).resolutionId).not.toBeNull();
  await decide(vera, again, { decision: "remove-post" });
  expect((await undo(vera, address)).status).toBe(302);
  expect((await caseOf(again)).resolutionId).not.toBeNull();
});

test("a report and an undo at the same moment leave one open case about the thing", async () => {
  for (let i = 0; i < 5; i++) {
    const reporter = await createPerson({ username: `meanwhile-${i}` });
    const { postId, address } = await decided();
    const [undone] = await Promise.all([undo(vera, address), report(reporter, `/p/${postId}`)]);
    expect([302, 409]).toContain(undone.status);
    expect(await db.moderationCase.count({ where: { postId, resolutionId: null } })).toBe(1);
  }
});

test("a decision with an act is opened again once the act is undone, and the act's page says so", async () => {
  const { postId, reportId, address } = await decided("remove-post");
  const { resolution } = await caseOf(reportId);
  const act = `/moderation/log/${resolution?.actionId}/undo`;
  const early = await undo(vera, address);
  expect([early.status, early.body.includes("Undo the act; then")]).toEqual([409, true]);
  expect((await send(address, { cookie: vera.cookie })).body).toContain(`href="${act}"`);
  const page = await send(act, { cookie: vera.cookie });
  expect(page.body).toContain("stays closed");
  expect(page.body).toContain(`href="${address}"`);
  expect((await undo(vera, act)).status).toBe(302);
  expect((await caseOf(reportId)).resolutionId).not.toBeNull();
  const shown = await send(`/moderation/reports/${reportId}`, { cookie: vera.cookie });
  expect(shown.body).toMatch(new RegExp(`data-key="u"[^>]*href="${address}"[^>]*>Open the case again`));
  expect((await undo(vera, address)).status).toBe(302);
  expect((await caseOf(reportId)).resolutionId).toBeNull();
  expect((await db.post.findUniqueOrThrow({ where: { id: postId } })).removedAt).toBeNull();
});

test("whoever may decide about such a case may undo it, and what an admin decided only an admin", async () => {
  const about = await decided("dismissed", { by: iris, author: omar });
  for (const moderator of [omar, vera]) {
    expect((await send(about.address, { cookie: moderator.cookie })).status).toBe(404);
    expect((await undo(moderator, about.address)).status).toBe(404);
  }
  expect((await undo(iris, about.address)).status).toBe(302);
  const ofAdmin = await decided("dismissed", { by: iris });
  expect((await send(ofAdmin.address, { cookie: omar.cookie })).status).toBe(403);
  expect((await undo(omar, ofAdmin.address)).status).toBe(403);
  expect((await undo(iris, ofAdmin.address)).status).toBe(302);
  for (const odd of ["x", "0190a1b2-0000-7000-8000-000000000000", ofAdmin.reportId]) {
    expect((await undo(iris, `/moderation/resolutions/${odd}/undo`)).status, odd).toBe(404);
  }
});
