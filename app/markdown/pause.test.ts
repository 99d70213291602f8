import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { countRendering } from "#app/markdown/render-allowance.server.ts";
import { post, publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let eager: Person;
let postId: number;

beforeAll(async () => {
  eager = await createPerson({ username: "eager" });
  postId = await publish(eager, {});
  countRendering(eager.id, { processorMs: 5_000, outOfTime: true });
});

const form = { ...post, title: "Kept in the form", body: "typed <b>text</b>", submissionKey: randomUUID() };

test("whoever has a pause gets back what they typed, with word of how long to wait", async () => {
  const count = await db.post.count();
  for (const path of ["/preview", "/new", `/p/${postId}/edit`, `/p/${postId}/comments`]) {
    const answer = await send(path, { cookie: eager.cookie, form: { ...form, version: "1" } });
    expect(answer.status, path).toBe(429);
    expect(Number(answer.headers.get("retry-after")), path).toBeGreaterThan(30);
    expect(answer.body).toContain("typed &lt;b&gt;text&lt;/b&gt;</textarea>");
    expect(answer.body).toContain("took the site very long to lay out");
  }
  expect(await db.post.count()).toBe(count);
  expect(await db.comment.count()).toBe(0);
});

test("the editor's script hears of a pause too", async () => {
  const answer = await send("/preview", { cookie: eager.cookie, form, headers: { Accept: "application/json" } });
  expect(answer.status).toBe(429);
  expect(answer.headers.get("retry-after")).not.toBeNull();
  expect(JSON.parse(answer.body).composed).toBeNull();
});
