import { beforeAll, beforeEach, expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { added, createComments, createPost, say } from "#app/comments/test-comments.ts";
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

function edit(person: Person, id: number, fields: Record<string, string>) {
  return send(`/comments/${id}/edit`, { cookie: person.cookie, form: fields });
}

function stored(id: number) {
  return db.comment.findUniqueOrThrow({ where: { id }, include: { versions: true } });
}

test("Omar edits his comment; readers see the new text, that it was edited, and the way to how it read", async () => {
  const postId = await createPost(mina);
  const id = await added(say(omar, postId, "first *words*"));
  expect((await send(`/comments/${id}/edit`, { cookie: omar.cookie })).body).toContain("first *words*</textarea>");
  const answer = await edit(omar, id, { body: "second **words**", version: "1" });
  expect(answer.status).toBe(302);
  expect(answer.headers.get("location")).toBe(`/p/${postId}/on-benches?thread=${id}#comment-${id}`);
  const page = await send(`/p/${postId}/on-benches`);
  expect(page.body).toContain("second <strong>words</strong>");
  expect(page.body).toContain(`href="/comments/${id}/history"`);
  const row = await stored(id);
  expect(row).toMatchObject({
    version: 2,
    versions: [{ version: 1, body: "first *words*", writtenAt: row.createdAt }],
  });
});

test("an edit that changes nothing is no edit", async () => {
  const id = await added(say(omar, await createPost(mina), "the same"));
  expect((await edit(omar, id, { body: "the same\n", version: "1" })).status).toBe(302);
  expect(await stored(id)).toMatchObject({ version: 1, editedAt: null, versions: [] });
});

test("the second of two tabs is told, keeps its text and sees the other one", async () => {
  const id = await added(say(omar, await createPost(mina), "start"));
  expect((await edit(omar, id, { body: "from one tab", version: "1" })).status).toBe(302);
  const late = await edit(omar, id, { body: "from the other tab", version: "1" });
  expect(late.status).toBe(409);
  for (const text of ["from one tab</textarea>", "from the other tab</textarea>", 'name="version" value="2"']) {
    expect(late.body).toContain(text);
  }
  expect((await edit(omar, id, { body: "from the other tab", version: "2" })).status).toBe(302);
  expect((await stored(id)).versions).toHaveLength(2);
});

test("of edits at the same moment one is saved and the others are told", async () => {
  const id = await added(say(omar, await createPost(mina), "start"));
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, index) => edit(omar, id, { body: `text ${index}`, version: "1" })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([302, ...Array(7).fill(409)]);
  expect(await stored(id)).toMatchObject({ version: 2, versions: [{ version: 1 }] });
});

test("a text that cannot be taken comes back as it was typed", async () => {
  const id = await added(say(omar, await createPost(mina), "start"));
  for (const body of [" ", "x".repeat(10_001)]) expect((await edit(omar, id, { body })).status).toBe(400);
  const wrong = await edit(omar, id, { body: `${"x".repeat(10_000)}<b>` });
  expect(wrong.body).toContain("x&lt;b&gt;</textarea>");
  expect(await stored(id)).toMatchObject({ version: 1, body: "start" });
});

test("nobody edits or deletes what somebody else said, or what is not to be seen", async () => {
  const [id = 0] = await createComments([{ postId: await createPost(mina), authorId: omar.id, body: "the *source*" }]);
  const gone = await Promise.all(
    [{ deletedAt: new Date() }, { removedAt: new Date() }].map(async (data) => {
      const [each = 0] = await createComments([{ postId: await createPost(mina), authorId: omar.id }]);
      await db.comment.update({ where: { id: each }, data });
      return each;
    }),
  );
  const [hidden = 0] = await createComments([
    { postId: await createPost(mina, { removedAt: new Date() }), authorId: omar.id },
  ]);
  const tries: [Person, number][] = [
    [mina, id],
    ...[...gone, hidden, 0, 2_147_483_647].map((n): [Person, number] => [omar, n]),
  ];
  for (const [person, each] of tries) {
    for (const path of [`/comments/${each}/edit`, `/comments/${each}/delete`]) {
      for (const url of [path, `${path}.data`]) {
        const visit = await send(url, { cookie: person.cookie });
        expect(visit.status, url).toBe(404);
        expect(visit.body).not.toContain("*source*");
        expect((await send(url, { cookie: person.cookie, form: { body: "mine", version: "1" } })).status, url).toBe(
          404,
        );
      }
    }
  }
  expect(await stored(id)).toMatchObject({ body: "the *source*", deletedAt: null, version: 1 });
});

test("a deleted comment disappears; where it was answered, a word stays in its place", async () => {
  const postId = await createPost(mina);
  const answered = await added(say(omar, postId, "secret one"));
  const reply = await added(say(mina, postId, "still here", { parentId: answered }));
  const alone = await added(say(omar, postId, "secret two"));
  await edit(omar, answered, { body: "secret three", version: "1" });
  expect((await send(`/comments/${answered}/delete`, { cookie: omar.cookie })).body).toContain("stays in its place");
  expect((await send(`/comments/${alone}/delete`, { cookie: omar.cookie })).body).toContain("It disappears");
  expect((await stored(alone)).deletedAt).toBeNull();
  for (const id of [answered, alone]) {
    const answer = await send(`/comments/${id}/delete`, { cookie: omar.cookie, form: {} });
    expect(answer.headers.get("location")).toBe(`/p/${postId}/on-benches#comments`);
    expect((await send(`/comments/${id}/delete`, { cookie: omar.cookie, form: {} })).status).toBe(404);
  }
  for (const path of [`/p/${postId}/on-benches`, `/p/${postId}/on-benches?thread=${answered}`]) {
    for (const cookie of [undefined, omar.cookie]) {
      const { body } = await send(path, { cookie });
      expect(body).toContain("This comment was deleted.");
      expect(body).toContain(`data-comment-id="${reply}"`);
      expect(body).not.toMatch(/secret/);
      expect(body).not.toContain(`data-comment-id="${alone}"`);
    }
  }
  expect((await send(`/comments/${answered}`)).status).toBe(302);
  expect((await send(`/comments/${alone}`)).status).toBe(404);
  for (const id of [answered, alone]) expect((await send(`/comments/${id}/history`)).status).toBe(404);
  expect((await db.post.findUniqueOrThrow({ where: { id: postId } })).commentCount).toBe(1);
});

test("wherever the connection breaks, an edit is saved with how it read before, or not at all", async () => {
  const id = await added(say(omar, await createPost(mina), "before"));
  const before = await stored(id);
  let broken = 0;
  for (; ; broken++) {
    const fault = new BrokenConnection(broken);
    const { beforeStatement } = fault;
    const form = { body: "after", version: "1" };
    const { status } = await send(`/comments/${id}/edit`, { cookie: omar.cookie, form, beforeStatement });
    await fault.settle();
    if (!fault.happened) break;
    expect(status).toBeGreaterThanOrEqual(500);
    expect(await stored(id)).toEqual(before);
  }
  expect(broken).toBeGreaterThanOrEqual(7);
  expect(await stored(id)).toMatchObject({ body: "after", version: 2, versions: [{ version: 1, body: "before" }] });
});

test("a person's comments are a list of their own, each with its post; those under hidden posts are not in it", async () => {
  const kassia = await createPerson({ username: "Kassia", name: "Kassia" });
  const posts = await Promise.all([
    createPost(mina, { title: "Open to all" }),
    createPost(mina, { title: "Canary removed", removedAt: new Date() }),
    createPost(mina, { title: "Canary deleted", deletedAt: new Date() }),
  ]);
  const [openPost = 0, ...hidden] = posts;
  await createComments(hidden.map((postId) => ({ postId, authorId: kassia.id, body: "canary" })));
  const at = new Date("2026-01-01T12:00:00Z");
  const ids = await createComments(
    Array.from({ length: 60 }, () => ({ postId: openPost, authorId: kassia.id, createdAt: at })),
  );
  const seen: number[] = [];
  for (let path: string | undefined = "/u/Kassia/comments"; path; ) {
    const page: Awaited<ReturnType<typeof send>> = await send(path);
    expect(page.statements).toHaveLength(2);
    expect(page.body).toContain("Open to all");
    expect(page.body).not.toMatch(/canary/i);
    seen.push(...[...page.body.matchAll(/data-comment-id="(\d+)"/g)].map(([, id]) => Number(id)));
    path = /<a[^>]*rel="next"[^>]*href="([^"]+)"/.exec(page.body)?.[1];
  }
  expect(seen).toEqual(ids.reverse());
  expect((await send("/u/kassia/comments?after=x")).headers.get("location")).toBe("/u/Kassia/comments?after=x");
  expect((await send("/u/nobody/comments")).status).toBe(404);
  const bela = await createPerson({ username: "bela" });
  await db.mute.create({ data: { muterId: bela.id, mutedId: mina.id } });
  expect((await send("/u/Kassia/comments", { cookie: bela.cookie })).body).not.toContain("Open to all");
});
