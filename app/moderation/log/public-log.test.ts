import { beforeAll, expect, test } from "vitest";
import { answerTo, appeal, decideOn, lastActionOn } from "#app/appeals/test-appeals.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { readStrictly } from "#app/syndication/test-xml.ts";

let iris: Person;
let omar: Person;
let petra: Person;
let mina: Person;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
  omar = await createPerson({ username: "omar", role: "moderator" });
  petra = await createPerson({ username: "petra", role: "moderator" });
  mina = await createPerson({ username: "mina" });
});

const log = async (query = "", cookie?: string) => (await send(`/moderation/log${query}`, { cookie })).body;

async function showNames(on: boolean): Promise<void> {
  const form = { ...(on && { showNames: "on" }), reason: "We decided so" };
  expect((await send("/admin/settings/moderation", { cookie: iris.cookie, form })).status).toBe(302);
}

test("everybody reads what was done, to whom, why and by which rule, and by whom only where the site says so", async () => {
  await decideOn(omar, mina, "silence", { duration: "7d", rule: "harassment", reason: "Insults in four places" });
  const shown = await log();
  for (const words of ["A moderator", "silenced", "@mina", "Insults in four places", "Be fair to people"]) {
    expect(shown).toContain(words);
  }
  expect(shown).not.toContain("omar");
  expect(shown).not.toContain("<script");
  await showNames(true);
  expect(await log()).toContain("@omar");
  await showNames(false);
  expect(await log()).not.toContain("omar");
});

test("what was removed is neither shown nor led to, and what stands is", async () => {
  const writer = await createPerson({ username: "writer" });
  const removed = await publish(writer, { title: "Secret watches", body: "Cheap" });
  const locked = await publish(writer, { title: "A long quarrel", body: "No" });
  await send(`/p/${removed}/removal`, { cookie: omar.cookie, form: { reason: "It sells things" } });
  await send(`/p/${locked}/lock`, { cookie: omar.cookie, form: { reason: "Enough was said" } });
  const shown = await log();
  expect(shown).toContain("It sells things");
  expect(shown).not.toContain("Secret watches");
  expect(shown).not.toContain(`/p/${removed}`);
  expect(shown).toContain("A long quarrel");
});

test("a warning, and what undid it, stay between two people", async () => {
  const warning = await decideOn(omar, mina, "warning", { reason: "A private word" });
  await send(`/moderation/log/${warning}/undo`, { cookie: omar.cookie, form: { reason: "A private regret" } });
  const undo = await lastActionOn(mina.id);
  await send(`/moderation/log/${undo}/undo`, { cookie: omar.cookie, form: { reason: "A private doubt" } });
  expect(await log()).not.toContain("A private");
  for (const id of [warning, undo]) expect((await send(`/moderation/log/${id}`)).status).toBe(404);
});

test("what was undone says so, and leads to what undid it, and back", async () => {
  const picture = await decideOn(omar, mina, "silence", { duration: "1d", reason: "Not a face" });
  await send(`/moderation/log/${picture}/undo`, { cookie: petra.cookie, form: { reason: "It is their face" } });
  const undo = await lastActionOn(mina.id);
  const entry = (await send(`/moderation/log/${picture}`)).body;
  expect(entry).toContain("undone");
  expect(entry).toContain(`/moderation/log/${undo}`);
  expect((await send(`/moderation/log/${undo}`)).body).toContain(`/moderation/log/${picture}`);
});

test("an appeal that was not granted is said, without its words", async () => {
  const profile = await decideOn(omar, mina, "profile", { reason: "Adverts in it" });
  await answerTo(petra, await appeal(mina, profile, "My own words"), false);
  const entry = (await send(`/moderation/log/${profile}`)).body;
  expect(entry).toContain("Appealed, and upheld by somebody else");
  expect(await log()).not.toMatch(/My own words|We looked at it again/);
});

test("moderators are led to the undo, and nobody else is", async () => {
  expect(await log("", omar.cookie)).toContain("/undo");
  expect(await log("", mina.cookie)).not.toContain("/undo");
  expect(await log()).not.toContain("/undo");
});

test("whoever has left is not named", async () => {
  const leaver = await createPerson({ username: "leaver" });
  await decideOn(omar, leaver, "silence", { duration: "1d", reason: "Whoever that was" });
  expect(await log()).toContain("@leaver");
  await send("/settings/data/deletion", { cookie: leaver.cookie, form: { contributions: "keep" } });
  const shown = await log();
  expect(shown).toContain("somebody who has left");
  expect(shown).not.toContain("leaver");
});

test("it is filtered by kind, by moderator where they are shown, and by day; nonsense filters nothing", async () => {
  expect(await log("?kind=silence")).toContain("Insults in four places");
  expect(await log("?kind=silence")).not.toContain("It sells things");
  expect(await log("?kind=warn")).toContain("It sells things");
  await showNames(true);
  expect(await log("?moderator=petra")).not.toContain("It sells things");
  expect(await log("?moderator=@Omar")).toContain("It sells things");
  expect(await log("?moderator=nobody")).toContain("Nothing was done that fits");
  await showNames(false);
  expect(await log("?moderator=petra")).toContain("It sells things");
  const today = new Date().toISOString().slice(0, 10);
  expect(await log(`?from=${today}&to=${today}&kind=silence`)).toContain("Insults in four places");
  expect(await log("?to=2001-01-01")).toContain("Nothing was done that fits");
  expect(await log("?from=2026-02-31&to=';--&after=nonsense")).toContain("It sells things");
});

test("pages follow each other without holes or repeats", async () => {
  await db.moderationAction.createMany({
    data: Array.from({ length: 60 }, (_, index) => ({
      kind: "clear-avatar",
      moderatorId: omar.id,
      moderatorUsername: "omar",
      subjectUserId: mina.id,
      reason: `Old ${index} of many`,
      createdAt: new Date(Date.UTC(2020, 0, 1 + Math.floor(index / 3))),
    })),
  });
  const seen: string[] = [];
  let path: string | undefined = "?to=2020-12-31&kind=clear-avatar";
  while (path) {
    const shown: string = await log(path);
    seen.push(...[...shown.matchAll(/Old (\d+) of many/g)].map(([, at]) => at ?? ""));
    path = /href="\/moderation\/log(\?[^"]*after=[^"]*)"/.exec(shown)?.[1]?.replaceAll("&amp;", "&");
  }
  expect(seen).toHaveLength(60);
  expect(new Set(seen).size).toBe(60);
});

test("the feed is Atom, names nobody whom the page does not, and answers 304 to who has it", async () => {
  const feed = await send("/moderation/log.xml");
  expect(feed.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  expect(() => readStrictly(feed.body)).not.toThrow();
  expect(feed.body).toContain("Insults in four places");
  expect(feed.body).not.toMatch(/omar|leaver|Secret watches|A private/);
  const again = await send("/moderation/log.xml", { headers: { "If-None-Match": feed.headers.get("etag") ?? "" } });
  expect(again.status).toBe(304);
});
