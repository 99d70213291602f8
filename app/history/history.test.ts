import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { added, createPost, say } from "#app/comments/test-comments.ts";
import { historyLimits } from "#app/history/history.ts";
import { post, publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina" });
  omar = await createPerson({ username: "omar", name: "Omar" });
});

beforeEach(async () => {
  await db.rateLimit.deleteMany();
});

async function edit(id: number, fields: Record<string, string>) {
  const answer = await send(`/p/${id}/edit`, { cookie: mina.cookie, form: { ...post, ...fields } });
  expect(answer.status).toBe(302);
}

test("whoever reads an edited post sees that it was, and what each edit changed", async () => {
  const id = await publish(mina, { body: "The rain was light." });
  await edit(id, { body: "The rain was heavy.", version: "1" });
  await edit(id, { body: "The rain was heavy.", title: "A year of sun", tags: "weather, sun", version: "2" });
  const page = await send(`/p/${id}/a-year-of-sun`);
  expect(page.body).toContain(`href="/p/${id}/history"`);
  const newest = await send(`/p/${id}/history`);
  expect(newest.status).toBe(200);
  expect(newest.statements).toHaveLength(1);
  expect(newest.body).not.toContain("<script");
  const read = (html: string) => html.replace(/<span class="sr-only">[^<]*<\/span>/g, "");
  expect(read(newest.body)).toContain("A year of <del>rain</del><ins>sun</ins>");
  expect(read(newest.body)).toContain("weather, <del>garden</del><ins>sun</ins>");
  expect(newest.body).not.toContain("heavy");
  expect(newest.body.match(/aria-current="true"/g)).toHaveLength(1);
  const before = await send(`/p/${id}/history?version=2`);
  expect(read(before.body)).toContain("The rain was <del>light</del><ins>heavy</ins>.");
  expect(before.body).toContain("Removed: ");
  const first = await send(`/p/${id}/history?version=1`);
  expect(first.body).toContain("As it was first written");
  expect(first.body).toContain("The rain was light.");
  for (const version of ["99", "x", "-1", "99999999999999"]) {
    expect((await send(`/p/${id}/history?version=${version}`)).status).toBe(200);
  }
});

test("texts in a history are text, whatever was typed", async () => {
  const id = await publish(mina, { body: "<script>alert(1)</script>" });
  await edit(id, { body: "<img src=x onerror=alert(1)>", version: "1" });
  const { body } = await send(`/p/${id}/history`);
  expect(body).not.toMatch(/<script|<img src=x/);
});

test("a draft has no history, and what was changed in it before it was published is nobody's to see", async () => {
  const saved = await send("/new", { cookie: mina.cookie, form: { ...post, body: "secret", status: "draft" } });
  const id = Number(/\/p\/(\d+)/.exec(saved.headers.get("location") ?? "")?.[1]);
  await edit(id, { body: "secret too", status: "draft", version: "1" });
  for (const cookie of [undefined, mina.cookie]) expect((await send(`/p/${id}/history`, { cookie })).status).toBe(404);
  await edit(id, { body: "for all", version: "2" });
  const { body, status } = await send(`/p/${id}/history`);
  expect(status).toBe(200);
  expect(body).toContain("the only version");
  expect(body).not.toContain("secret");
  expect(await db.postVersion.count({ where: { postId: id } })).toBe(0);
});

test("what is deleted or removed shows none of its versions, to nobody", async () => {
  const id = await publish(mina, { body: "canary" });
  await edit(id, { body: "something else", version: "1" });
  const comment = await added(say(omar, id, "canary"));
  await send(`/comments/${comment}/edit`, { cookie: omar.cookie, form: { body: "something else", version: "1" } });
  expect((await send(`/comments/${comment}/history`)).body).toContain("canary");
  const expectNothing = async (paths: string[]) => {
    for (const path of paths.flatMap((each) => [each, `${each}?version=1`, `${each}.data`])) {
      for (const cookie of [undefined, mina.cookie, omar.cookie]) {
        const answer = await send(path, { cookie });
        expect(answer.status, path).toBe(404);
        expect(answer.body).not.toContain("canary");
      }
    }
  };
  for (const gone of [{ deletedAt: new Date() }, { removedAt: new Date() }]) {
    await db.comment.update({ where: { id: comment }, data: gone });
    await expectNothing([`/comments/${comment}/history`]);
    await db.comment.update({ where: { id: comment }, data: { deletedAt: null, removedAt: null } });
    await db.post.update({ where: { id }, data: gone });
    await expectNothing([`/p/${id}/history`, `/comments/${comment}/history`]);
    await db.post.update({ where: { id }, data: { deletedAt: null, removedAt: null } });
  }
  expect((await send(`/p/${id}/history?version=1`)).body).toContain("canary");
});

test("a history of very many edits lists the latest ones", async () => {
  const id = await createPost(mina);
  const count = historyLimits.versions + 50;
  await db.postVersion.createMany({
    data: Array.from({ length: count }, (_, index) => ({
      postId: id,
      version: index + 1,
      title: "On benches",
      body: `text ${index + 1}`,
      tags: ["benches"],
      writtenAt: new Date(),
    })),
  });
  await db.post.update({ where: { id }, data: { version: count + 1, body: "now" } });
  const page = await send(`/p/${id}/history?version=${count - 5}`);
  expect(page.statements).toHaveLength(1);
  expect(page.body.match(/\?version=/g)).toHaveLength(historyLimits.versions);
  expect(page.body).toContain("Older versions are kept");
  const oldest = await send(`/p/${id}/history?version=52`);
  expect(oldest.body).toContain("What changed");
  expect(oldest.body).toContain("text ");
});
