import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { defaultRules, maxRules, rulesSchema, titleOfRule } from "#app/moderation/rule.ts";
import { changedRules } from "#app/moderation/rules-form.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";

let iris: Person;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
});

beforeEach(async () => {
  await db.siteSetting.deleteMany();
});

const begun = rulesSchema.parse({});

/** The form as it is filled, with what is changed in it. */
function formOf(changes: Record<string, string> = {}): Record<string, string> {
  const fields = defaultRules.flatMap(({ key, title, text }, index) => [
    [`place-${key}`, String(index + 1)],
    [`title-${key}`, title],
    [`text-${key}`, text],
  ]);
  const fresh = { place_new: "9", title_new: "", text_new: "" };
  return { ...Object.fromEntries(fields), ...fresh, reason: "We talked about it", ...changes };
}

test("everybody reads the rules, and visitors' pages are the new ones as soon as they change", async () => {
  const page = await send("/about/rules");
  for (const { title } of defaultRules) expect(page.body).toContain(title);
  expect(page.body).not.toContain("<script");
  const form = formOf({
    "title-spam": "Sell nothing",
    title_new: "Cite your source",
    place_new: "0",
  });
  const saved = await send("/admin/settings/rules", { cookie: iris.cookie, form });
  expect(saved.headers.get("location")).toBe("/admin/settings?saved=rules");
  const { body } = await send("/about/rules");
  expect(body.indexOf("Cite your source")).toBeLessThan(body.indexOf("Sell nothing"));
  expect(body).not.toContain("No advertising");
  const { list } = await findSiteSetting("rules");
  expect(list.map(({ key }) => key).slice(0, 2)).toEqual(["cite-your-source", "spam"]);
  const { details } = await db.auditEvent.findFirstOrThrow({ where: { kind: "setting-changed" } });
  expect(JSON.stringify(details)).toContain("We talked about it");
});

test("a rule that is taken away is offered no more, and acts that named it still say what it was", async () => {
  const form = formOf({ "title-spam": "", "text-spam": "" });
  expect((await send("/admin/settings/rules", { cookie: iris.cookie, form })).status).toBe(302);
  const rules = await findSiteSetting("rules");
  expect(rules.list.map(({ key }) => key)).not.toContain("spam");
  expect(titleOfRule(rules, "spam")).toBe("No advertising");
  expect(titleOfRule(rules, "never-was")).toBe("never was");
});

test.each([
  ["a text without a title", { text_new: "Something" }, "Give the rule a title"],
  ["a title of two letters", { title_new: "ab" }, "Say it in a few words."],
  ["no reason", { reason: "" }, "Say why."],
  ["a number that is none", { "place-hate": "first" }, "Enter a number."],
  [
    "no rule at all",
    Object.fromEntries(
      defaultRules.flatMap(({ key }) => [
        [`title-${key}`, ""],
        [`text-${key}`, ""],
      ]),
    ),
    "Keep one rule at least.",
  ],
])("%s comes back with a message, and changes nothing", async (_what, changes, message) => {
  const answer = await send("/admin/settings/rules", { cookie: iris.cookie, form: formOf(changes) });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain(message);
  expect(await db.siteSetting.count()).toBe(0);
});

test("keys are the site's: a made-up one makes no rule, one that was used is given to no other, and none is lost", () => {
  const typed = (rules: object[]) => rules.map((rule) => ({ key: null, place: 1, text: "", title: "", ...rule }));
  expect(changedRules(begun, typed([{ key: "made-up", title: "Made up" }])).list).toEqual(begun.list);
  const gone = changedRules(begun, typed([{ key: "spam" }]));
  expect(gone.list).toEqual(begun.list.slice(1));
  const { list } = changedRules(gone, typed([{ title: "Spam" }, { title: "規則" }, { title: "決まり" }]));
  expect(list.slice(0, 3).map(({ key }) => key)).toEqual(["spam-b", "rule", "rule-b"]);
});

test("a site has as many rules as its form can hold", async () => {
  const many = Array.from({ length: maxRules }, (_, index) => ({
    key: `rule-${"abcdefghijklmnopqrst"[index]}`,
    title: `Rule ${index}`,
    text: "",
  }));
  await db.siteSetting.create({ data: { name: "rules", value: { list: many } } });
  const fields = many.flatMap(({ key, title }, index) => [
    [`place-${key}`, String(maxRules - index)],
    [`title-${key}`, title],
    [`text-${key}`, ""],
  ]);
  const form = { ...Object.fromEntries(fields), place_new: "9", title_new: "", text_new: "", reason: "Turned around" };
  expect((await send("/admin/settings/rules", { cookie: iris.cookie, form })).status).toBe(302);
  expect((await findSiteSetting("rules")).list).toEqual(many.toReversed());
  const more = await send("/admin/settings/rules", { cookie: iris.cookie, form: { ...form, title_new: "One more" } });
  expect(more.body).toContain("Keep at most 20 rules.");
});
