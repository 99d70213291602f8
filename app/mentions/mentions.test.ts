import { beforeAll, beforeEach, expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { keepMentions } from "#app/mentions/mentions.server.ts";
import { idIn, post, publish, stored } from "#app/posts/test-posts.ts";
import { db, inTransaction } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;
let bela: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  omar = await createPerson({ username: "Omar" });
  bela = await createPerson({ username: "bela" });
});

beforeEach(async () => {
  await db.rateLimit.deleteMany();
  await db.mute.deleteMany();
  await db.notification.deleteMany();
});

const link = (username: string) => `<a href="/u/${username}" class="mention">@${username}</a>`;

/** Who was told that they are named, by username. */
async function told(of: { postId?: number; commentId?: number }): Promise<string[]> {
  const lines = await db.notification.findMany({
    where: { kind: "mention", postId: of.postId ?? null, commentId: of.commentId ?? null },
    select: { user: { select: { username: true } } },
  });
  return lines.map(({ user }) => user.username).sort();
}

async function named(postId: number): Promise<string[]> {
  return (await db.mention.findMany({ where: { postId }, orderBy: { writtenAs: "asc" } })).map(
    ({ writtenAs }) => writtenAs,
  );
}

async function edit(postId: number, body: string, fields: Record<string, string> = {}): Promise<void> {
  const answer = await send(`/p/${postId}/edit`, { cookie: mina.cookie, form: { ...post, body, ...fields } });
  expect(answer.status).toBe(302);
}

async function comment(by: Person, postId: number, body: string): Promise<number> {
  const answer = await send(`/p/${postId}/comments`, { cookie: by.cookie, form: { body } });
  expect(answer.status).toBe(302);
  return Number(/#comment-(\d+)$/.exec(answer.headers.get("location") ?? "")?.[1]);
}

test("Mina names Omar in a post: it links to him and he is told, in the transaction of the post", async () => {
  const answer = await send("/new", {
    cookie: mina.cookie,
    form: { ...post, body: "Thank you, @omar and @nobody-here." },
  });
  // who it is, the limit, whom the names mean, BEGIN, whether she still is, the post, whom it names, who is told, COMMIT
  expect(answer.statements).toHaveLength(10);
  const postId = idIn(answer);
  const row = await stored(postId);
  expect(row.bodyHtml).toBe(`<p dir="auto">Thank you, ${link("Omar")} and @nobody-here.</p>`);
  expect(row.excerpt).toBe("Thank you, @Omar and @nobody-here.");
  expect(row.body).toBe("Thank you, @omar and @nobody-here.");
  expect(await named(postId)).toEqual(["omar"]);
  expect(await told({ postId })).toEqual(["Omar"]);
});

test("naming oneself links and tells nobody", async () => {
  const postId = await publish(mina, { body: "I, @mina, was here." });
  expect((await stored(postId)).bodyHtml).toContain(link("mina"));
  expect(await told({ postId })).toEqual([]);
});

test("a draft tells nobody; publishing it tells everyone in it", async () => {
  const postId = idIn(await send("/new", { cookie: mina.cookie, form: { ...post, body: "@omar", status: "draft" } }));
  await edit(postId, "@omar @bela", { status: "draft" });
  expect(await told({ postId })).toEqual([]);
  await edit(postId, "@omar @bela", { title: "Done now" });
  expect(await told({ postId })).toEqual(["Omar", "bela"]);
});

test("an edit tells only those who are new in it, and nobody twice", async () => {
  const postId = await publish(mina, { body: "@omar" });
  await db.notification.updateMany({ data: { readAt: new Date() } });
  await edit(postId, "@omar @bela");
  expect(await told({ postId })).toEqual(["Omar", "bela"]);
  await db.notification.updateMany({ data: { readAt: new Date() } });
  await edit(postId, "nobody");
  expect(await named(postId)).toEqual([]);
  await edit(postId, "@omar @bela again");
  expect(await named(postId)).toEqual(["bela", "omar"]);
  expect(await told({ postId })).toEqual(["Omar", "bela"]);
});

test("who muted the author is linked and not told; who blocked the author is neither", async () => {
  await db.mute.create({ data: { muterId: omar.id, mutedId: mina.id } });
  await db.mute.create({ data: { muterId: bela.id, mutedId: mina.id, kind: "block" } });
  const postId = await publish(mina, { body: "@omar @bela" });
  expect((await stored(postId)).bodyHtml).toBe(`<p dir="auto">${link("Omar")} @bela</p>`);
  expect(await named(postId)).toEqual(["omar"]);
  expect(await told({ postId })).toEqual([]);
});

test("a comment names people too", async () => {
  const postId = await publish(mina, {});
  const commentId = await comment(mina, postId, "What do you say, @bela?");
  expect((await db.comment.findUniqueOrThrow({ where: { id: commentId } })).bodyHtml).toContain(link("bela"));
  expect(await told({ commentId })).toEqual(["bela"]);
});

test("whoever is told of a reply is not told that it names them", async () => {
  const postId = await publish(bela, {});
  const { id: commentId } = await db.comment.create({
    data: { postId, authorId: mina.id, body: "@bela @omar", bodyHtml: "" },
  });
  const mentions = [bela, omar].map(({ id, username }) => ({ userId: id, writtenAs: username.toLowerCase() }));
  const reply = { kind: "reply", userId: bela.id, actorId: mina.id, commentId } as const;
  const happenings = await inTransaction((tx) =>
    keepMentions(tx, { commentId }, mina.id, mentions, { whom: "everyone", told: [reply] }),
  );
  expect(happenings).toEqual([{ kind: "mention", userId: omar.id, actorId: mina.id, commentId }]);
  expect(await db.mention.count({ where: { commentId } })).toBe(2);
});

test("a preview shows names and hidden words as the post will", async () => {
  const body =
    "Ask @omar, `@bela` or @nobody about ||the **end**||.\n\n::: spoiler More\n@bela\n:::\n\n\\@omar \\||x||";
  const answer = await send("/preview", {
    cookie: mina.cookie,
    form: { ...post, body },
    headers: { Accept: "application/json" },
  });
  expect(JSON.parse(answer.body).composed.html).toBe((await stored(await publish(mina, { body }))).bodyHtml);
});

test("wherever the connection breaks, a post is there with its mentions and notifications, or nothing is", async () => {
  const before = await db.mention.count();
  const count = async () => [
    await db.post.count({ where: { title: "Naming" } }),
    (await db.mention.count()) - before,
    await db.notification.count(),
    await db.notificationActor.count(),
  ];
  const form = { ...post, title: "Naming", body: "@omar @bela" };
  let statements = 0;
  for (let at = 0; ; at++) {
    const fault = new BrokenConnection(at);
    const answer = await send("/new", { cookie: mina.cookie, form, beforeStatement: fault.beforeStatement });
    await fault.settle();
    if (!fault.happened) break;
    statements++;
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await count()).toEqual([0, 0, 0, 0]);
  }
  expect(statements).toBe(10);
  expect(await count()).toEqual([1, 2, 2, 2]);
});

test("wherever the connection breaks, an edit is there with its mentions and notifications, or nothing is", async () => {
  const postId = await publish(mina, { body: "@omar" });
  const state = async () => [(await stored(postId)).body, await named(postId), await told({ postId })];
  for (let at = 0; ; at++) {
    const fault = new BrokenConnection(at);
    const form = { ...post, body: "@bela" };
    const answer = await send(`/p/${postId}/edit`, {
      cookie: mina.cookie,
      form,
      beforeStatement: fault.beforeStatement,
    });
    await fault.settle();
    if (!fault.happened) break;
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(await state()).toEqual(["@omar", ["omar"], ["Omar"]]);
  }
  expect(await state()).toEqual(["@bela", ["bela"], ["Omar", "bela"]]);
});
