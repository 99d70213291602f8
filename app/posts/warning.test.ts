import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { post, publish, stored } from "#app/posts/test-posts.ts";
import { send } from "#app/server/test-request.ts";
import { scriptsThatRun } from "#app/site/test-scripts.ts";

let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
});

test("a post with a content warning is opened by its readers themselves, without a script", async () => {
  const id = await publish(mina, { body: "The spider was large.", warning: "  spiders,\nbig ones " });
  expect((await stored(id)).warning).toBe("spiders, big ones");
  for (const list of ["/", "/u/mina", "/t/weather"]) {
    const { body } = await send(list);
    expect(body, list).toContain("Content warning: spiders, big ones");
    expect(body, list).not.toContain("The spider was large.");
  }
  const page = await send(`/p/${id}/a-year-of-rain`);
  expect(page.body).toMatch(
    /<details class="content-warning"><summary>.*spiders, big ones.*<\/summary>.*The spider was large\./s,
  );
  expect(page.body).toMatch(/<meta name="description" content="Content warning: spiders, big ones"/);
  expect(scriptsThatRun(page.body)).toEqual([]);
});

test("a warning is shown in the preview, kept in the form and taken away again", async () => {
  const preview = await send("/preview", { cookie: mina.cookie, form: { ...post, warning: "heights" } });
  expect(preview.body).toContain('<details class="content-warning">');
  expect(preview.body).toContain('name="warning" value="heights"');
  const id = await publish(mina, { title: "Taken away", warning: "heights" });
  const form = { ...post, title: "Taken away", warning: "", version: "1" };
  expect((await send(`/p/${id}/edit`, { cookie: mina.cookie, form })).status).toBe(302);
  expect(await stored(id)).toMatchObject({ warning: null, version: 2 });
});

test("a warning has up to 100 characters", async () => {
  const answer = await send("/new", { cookie: mina.cookie, form: { ...post, warning: "x".repeat(101) } });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("Use at most 100 characters");
  await publish(mina, { warning: "ẅ".normalize("NFD").repeat(100) });
});
