import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { post, publish, stored } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const typed = { title: "", body: "It *rained*.", tags: "", url: "", warning: "" };

async function keep(path: string, fields: Record<string, string>, { cookie }: { cookie: string }) {
  return JSON.parse((await send(path, { cookie, form: { ...typed, ...fields } })).body);
}

const rowsOf = (submissionKey: string) => db.post.findMany({ where: { submissionKey } });

test("wherever the connection breaks, a text is kept wholly or not at all", async () => {
  const writer = await createPerson({ username: "kassia" });
  const draft = (await keep("/new/draft", { submissionKey: randomUUID() }, writer)).postId;
  const published = await publish(writer, { title: "Published" });
  const submissionKey = randomUUID();
  const kept: [path: string, form: Record<string, string>, look: () => Promise<unknown>][] = [
    ["/new/draft", { ...typed, submissionKey }, () => rowsOf(submissionKey)],
    [`/p/${draft}/draft`, { ...typed, body: "Next", version: "1" }, () => stored(draft)],
    [
      `/p/${published}/draft`,
      { ...typed, version: "1" },
      () => db.unsavedEdit.findMany({ where: { postId: published } }),
    ],
  ];
  for (const [path, form, look] of kept) {
    const before = await look();
    for (let at = 0; ; at++) {
      const fault = new BrokenConnection(at);
      const answer = await send(path, { cookie: writer.cookie, form, beforeStatement: fault.beforeStatement });
      await fault.settle();
      if (!fault.happened) {
        expect(answer.status).toBe(200);
        break;
      }
      expect(answer.status).toBeGreaterThanOrEqual(500);
      expect(await look()).toEqual(before);
    }
    expect(await look()).not.toEqual(before);
  }
});

test("wherever the connection breaks, changes are saved and forgotten together, or neither", async () => {
  const writer = await createPerson({ username: "hugo" });
  const id = await publish(writer, { title: "Before" });
  const { basis } = await keep(`/p/${id}/draft`, { body: "Changed", version: "1" }, writer);
  const form = { ...post, title: "After", version: "1", revision: String(basis.revision) };
  const look = async () => [await stored(id), await db.unsavedEdit.findUnique({ where: { postId: id } })];
  const before = await look();
  for (let at = 0; ; at++) {
    const fault = new BrokenConnection(at);
    const answer = await send(`/p/${id}/edit`, { cookie: writer.cookie, form, beforeStatement: fault.beforeStatement });
    await fault.settle();
    if (!fault.happened) break;
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await look()).toEqual(before);
  }
  expect(await look()).toMatchObject([{ title: "After", version: 2 }, null]);
});
