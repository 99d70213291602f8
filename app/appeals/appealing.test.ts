import { beforeAll, expect, test } from "vitest";
import { appeal, decideOn, lastActionOn } from "#app/appeals/test-appeals.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let bela: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  bela = await createPerson({ username: "bela" });
  omar = await createPerson({ username: "omar", role: "moderator" });
});

const page = (actionId: string, cookie = mina.cookie) => send(`/decisions/${actionId}`, { cookie });

test("whom a decision concerns reads what was decided, by which rule and role, and why; nobody else does", async () => {
  const warning = await decideOn(omar, mina, "warning", { rule: "spam" });
  const { status, body } = await page(warning);
  expect(status).toBe(200);
  for (const words of [
    "You were warned",
    "No advertising",
    "Nothing that is here to sell",
    "a moderator",
    "Adverts again",
    "It stands.",
  ]) {
    expect(body).toContain(words);
  }
  expect(body).not.toContain("omar");
  expect((await page(warning, bela.cookie)).status).toBe(404);
  expect((await page(warning, omar.cookie)).status).toBe(404);
  expect((await page("nonsense")).status).toBe(404);
  const list = await send("/settings/decisions", { cookie: mina.cookie });
  expect(list.body).toContain(`/decisions/${warning}`);
  expect((await send("/settings/decisions", { cookie: bela.cookie })).body).toContain("No moderator has ever decided");
});

test("their own removed text is there for its author, and the line that tells them leads to it", async () => {
  const id = await publish(mina, { title: "Watches", body: "Cheap **watches** here" });
  await send(`/p/${id}/removal`, { cookie: omar.cookie, form: { reason: "It sells watches", rule: "spam" } });
  const actionId = await lastActionOn(mina.id);
  const { body } = await page(actionId);
  expect(body).toContain("Cheap <strong>watches</strong> here");
  expect(body).toContain("Only you and the moderators see it.");
  expect((await send("/notifications", { cookie: mina.cookie })).body).toContain(`href="/decisions/${actionId}"`);
  await send(`/p/${id}/restoration`, { cookie: omar.cookie, form: { reason: "It was a review" } });
  expect((await page(actionId)).body).toContain("A later decision ended it.");
});

test("somebody appeals once, and their words stay on the page", async () => {
  const warning = await decideOn(omar, mina, "warning");
  expect((await page(warning)).body).toContain("What is wrong with this decision?");
  await appeal(mina, warning, "I sold <nothing>.");
  const { body } = await page(warning);
  expect(body).toContain("I sold &lt;nothing&gt;.");
  expect(body).not.toContain("What is wrong with this decision?");
  const again = await send(`/decisions/${warning}/appeal`, { cookie: mina.cookie, form: { body: "And again" } });
  expect(again.status).toBe(409);
  expect(again.body).toContain("You have appealed against this already.");
  expect(again.body).toContain("And again");
  const same = await send(`/decisions/${warning}/appeal`, { cookie: mina.cookie, form: { body: "I sold <nothing>." } });
  expect(same.status).toBe(302);
  expect(await db.appeal.count({ where: { actionId: warning } })).toBe(1);
});

test("two appeals at once make one", async () => {
  const warning = await decideOn(omar, mina, "warning");
  const tries = await Promise.all(
    ["One", "Two", "Three", "Four"].map((body) =>
      send(`/decisions/${warning}/appeal`, { cookie: mina.cookie, form: { body } }),
    ),
  );
  expect(tries.map(({ status }) => status).sort()).toEqual([302, 409, 409, 409]);
  expect(await db.appeal.count({ where: { actionId: warning } })).toBe(1);
});

test("nobody appeals in another one's place, against what was undone, or against what took nothing away", async () => {
  const warning = await decideOn(omar, mina, "warning");
  const foreign = await send(`/decisions/${warning}/appeal`, { cookie: bela.cookie, form: { body: "Let me" } });
  expect(foreign.status).toBe(404);
  await send(`/moderation/log/${warning}/undo`, { cookie: omar.cookie, form: { reason: "The wrong person" } });
  expect((await page(warning)).body).toContain("It was undone");
  expect((await page(warning)).body).not.toContain("What is wrong with this decision?");
  const late = await send(`/decisions/${warning}/appeal`, { cookie: mina.cookie, form: { body: "Too late" } });
  expect(late.status).toBe(409);
  const undo = await lastActionOn(mina.id);
  expect((await page(undo)).body).toContain(`/decisions/${warning}`);
  const praise = await send(`/decisions/${undo}/appeal`, { cookie: mina.cookie, form: { body: "No, thanks" } });
  expect(praise.status).toBe(409);
  expect(await db.appeal.count({ where: { actionId: { in: [warning, undo] } } })).toBe(0);
});

test.each([
  ["nothing", "", "at least 3 characters"],
  ["what nobody can see", "\u200b\u200b\u200b\u200b", "at least 3 characters"],
  ["2,001 letters", "a".repeat(2_001), "at most 2,000 characters"],
  ["a null character", "abc\u0000def", "cannot be kept"],
])("an appeal of %s comes back with a message", async (_, body, message) => {
  const warning = await decideOn(omar, mina, "warning");
  const answer = await send(`/decisions/${warning}/appeal`, { cookie: mina.cookie, form: { body } });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain(message);
  expect(await db.appeal.count({ where: { actionId: warning } })).toBe(0);
});
