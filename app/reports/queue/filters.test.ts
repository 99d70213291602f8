import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { added, say } from "#app/comments/test-comments.ts";
import { publish } from "#app/posts/test-posts.ts";
import { caseOf, report } from "#app/reports/test-reports.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const filter = "rule=spam&kind=comment&about=bela";
let omar: Person;
let vera: Person;
let mina: Person;
let bela: Person;
let postId: number;
/** reports of comments for spam, in the order of the queue; beside them stand others of greater weight */
let spam: string[];

beforeAll(async () => {
  omar = await createPerson({ username: "omar", role: "moderator" });
  vera = await createPerson({ username: "vera", role: "moderator" });
  mina = await createPerson({ username: "mina" });
  bela = await createPerson({ username: "bela" });
  postId = await publish(bela, { title: "Cheap pills", body: "Buy them here", tags: "health" });
});

beforeEach(async () => {
  await db.resolution.deleteMany();
  await db.moderationCase.deleteMany();
  await db.rateLimit.deleteMany();
  spam = [];
  for (let n = 0; n < 3; n += 1) {
    const comment = await added(say(bela, postId, `Cheap ones, number ${n}`));
    spam.push(await report(mina, `/comments/${comment}`, { reason: "spam" }));
  }
  const rude = await added(say(bela, postId, "You fool"));
  const others = [
    await report(mina, `/comments/${rude}`, { reason: "other" }),
    await report(mina, `/p/${postId}`, { reason: "spam" }),
    await report(mina, "/u/bela", { reason: "spam" }),
  ];
  for (const id of others) await weigh(id, 9);
});

async function weigh(reportId: string, weight: number): Promise<void> {
  await db.moderationCase.update({ where: { id: (await caseOf(reportId)).id }, data: { weight } });
}

const look = async (path: string) =>
  (await send(path, { cookie: omar.cookie })).body.replaceAll("&amp;", "&").replaceAll("<!-- -->", "");
const leadsTo = async (path: string, form?: Record<string, string>) =>
  (await send(path, { cookie: omar.cookie, ...(form && { form }) })).headers.get("location") ?? "";

/** The address of a link or a form, as the page says it. */
function addressOf(page: string, pattern: RegExp): string {
  const found = pattern.exec(page)?.[1];
  if (!found) throw new Error(`The page has no ${pattern}`);
  return found;
}

/** The id of the report whose case an address shows, where it has the filter. */
function caseIn(address: string): string | undefined {
  const url = new URL(address, "http://x");
  expect(url.search).toContain(filter);
  return /^\/moderation\/reports\/([\w-]{36})$/.exec(url.pathname)?.[1];
}

test("whoever goes through filtered cases by the key for the next one sees those of the filter, and then the first", async () => {
  const queue = await look(`/moderation?${filter}`);
  let address = await leadsTo(addressOf(queue, /href="(\/moderation\/next[^"]*)"/));
  const seen = [caseIn(address)];
  for (let n = 0; n < 3; n += 1) {
    const page = await look(address);
    expect(addressOf(page, /href="(\/moderation\?[^"]*)"[^>]*>All cases/)).toBe(`/moderation?${filter}`);
    const next = addressOf(page, /href="(\/moderation\/next[^"]*)"/);
    address = await leadsTo(next);
    seen.push(caseIn(address));
  }
  expect(seen).toEqual([...spam, spam[0]]);
});

test("after a decision comes the next case of the filter; after the last one the filtered queue", async () => {
  const queue = await look(`/moderation?${filter}`);
  const first = addressOf(queue, /class="case-link"[^>]*href="([^"]*)"/);
  let address = first;
  const seen: (string | undefined)[] = [];
  for (let n = 0; n < 3; n += 1) {
    seen.push(caseIn(address));
    const page = await look(address);
    const decision = addressOf(page, /href="([^"]*\/resolution\?[^"]*decision=noted[^"]*)"/);
    const form = await look(decision);
    expect(addressOf(form, /<a class="button quiet"[^>]*href="([^"]*)"/)).toContain(filter);
    const action = addressOf(form, /<form[^>]*action="([^"]*\/resolution[^"]*)"/);
    const wrong = await send(action, { cookie: omar.cookie, form: { decision: "noted", reason: "" } });
    expect(wrong.status).toBe(400);
    address = await leadsTo(await leadsTo(action, { decision: "noted", reason: "Seen" }));
    expect(address).toContain("done=");
  }
  expect(seen).toEqual(spam);
  expect(new URL(address, "http://x").pathname).toBe("/moderation");
  expect(address).toContain(filter);
  const last = await look(address);
  expect(last).toContain("No open case is like that");
  expect(last).toContain("Closed, about @bela");
});

test("taking a case, writing a note and deciding several at once come back with the filter", async () => {
  const page = await look(`/moderation/reports/${spam[0]}?${filter}`);
  const assignment = addressOf(page, /<form[^>]*action="([^"]*\/assignment[^"]*)"/);
  expect(caseIn(await leadsTo(assignment, { on: "true", from: "" }))).toBe(spam[0]);
  await db.moderationCase.update({ where: { id: (await caseOf(spam[0] ?? "")).id }, data: { assigneeId: vera.id } });
  const late = await leadsTo(assignment, { on: "false", from: "omar" });
  expect(late).toContain("late");
  expect(caseIn(late)).toBe(spam[0]);
  const note = await leadsTo(`/moderation/reports/${spam[0]}?${filter}`, { note: "Third account" });
  expect([caseIn(note), note.endsWith("#notes")]).toEqual([spam[0], true]);

  const queue = await look(`/moderation?${filter}`);
  for (const [name, value] of new URLSearchParams(filter)) {
    expect(queue).toContain(`<input type="hidden" name="${name}" value="${value}"/>`);
  }
  const { id } = await caseOf(spam[1] ?? "");
  const preview = await look(`/moderation/resolutions?case=${id}&decision=noted&${filter}`);
  const action = addressOf(preview, /<form[^>]*action="([^"]*\/resolutions[^"]*)"/);
  const back = await leadsTo(action, { bulk: "noted", cases: String(id), decision: "noted", reason: "Seen" });
  expect(new URL(back, "http://x").pathname).toBe("/moderation");
  expect(back).toContain("closed=1");
  expect(back).toContain(filter);
});

test("the next page of a filtered queue is filtered too", async () => {
  const people = await Promise.all(Array.from({ length: 26 }, (_, n) => createPerson({ username: `person-${n}` })));
  for (const { id: userId } of people) {
    const { id: caseId } = await db.moderationCase.create({ data: { userId, subjectId: userId, weight: 1 } });
    await db.report.create({ data: { caseId, reporterId: mina.id, rule: "hate", snapshot: {}, weight: 1 } });
  }
  const next = addressOf(await look("/moderation?rule=hate&kind=person"), /href="(\/moderation\?[^"]*after=[^"]*)"/);
  expect(next).toContain("rule=hate&kind=person");
  expect((await look(next)).match(/class="case-link"/g)).toHaveLength(1);
});

test("the next case of those that nobody works on, or of one's own, stays among them", async () => {
  const { id } = await caseOf(spam[1] ?? "");
  await db.moderationCase.update({ where: { id }, data: { assigneeId: omar.id, assignedAt: new Date() } });
  expect(await leadsTo("/moderation/next?who=mine")).toBe(`/moderation/reports/${spam[1]}?who=mine`);
  expect(await leadsTo("/moderation/next?who=unassigned&kind=comment&rule=spam")).toContain(spam[0]);
  expect(await leadsTo("/moderation/next?about=mina")).toBe("/moderation?about=mina");
  const odd = await leadsTo("/moderation/next?rule=x'--&kind=y&who=z&about=%00&after=1");
  expect(odd).toMatch(/^\/moderation\/reports\/[\w-]{36}$/);
});
