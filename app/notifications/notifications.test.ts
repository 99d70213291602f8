import { beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { createComment, createPeople, createPost, happens } from "#app/notifications/test-notifications.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;
let bela: Person;
let round = 0;

beforeEach(async () => {
  round += 1;
  const tail = "abcdefghjkmnpqrtuvwxyz"[round];
  mina = await createPerson({ username: `mina-${tail}`, name: "Mina" });
  omar = await createPerson({ username: `omar-${tail}`, name: "Omar" });
  bela = await createPerson({ username: `bela-${tail}`, name: "Bela" });
});

const page = (person = mina, path = "/notifications") => send(path, { cookie: person.cookie });

/** The text of the page's lines, without tags. */
async function linesOf(person = mina): Promise<string[]> {
  const { body } = await page(person);
  return body
    .split('<article class="notification"')
    .slice(1)
    .map((part) => part.split("</article>")[0] ?? "")
    .map((html) =>
      html
        .replace(/^[^>]*>/, "")
        .replace(/<!--.*?-->|<[^>]+>/g, "")
        .replaceAll("&#x27;", "'"),
    );
}

/** What the bell says, on any page. */
async function badgeOf(person = mina): Promise<string | null> {
  const { body } = await page(person, "/drafts");
  return /unread-badge">([^<]+)/.exec(body)?.[1] ?? null;
}

test("a reply, a mention, a follow and a like are told, each with a link straight to it", async () => {
  const postId = await createPost(mina);
  const reply = await createComment(omar, postId, "I sat on one of those");
  const own = await createComment(mina, postId);
  const answer = await createComment(bela, postId, "So did I", own);
  const elsewhere = await createPost(bela, "For @mina");
  await happens(
    { kind: "reply", userId: mina.id, actorId: omar.id, commentId: reply },
    { kind: "reply", userId: mina.id, actorId: bela.id, commentId: answer },
    { kind: "mention", userId: mina.id, actorId: bela.id, postId: elsewhere },
    { kind: "follow", userId: mina.id, actorId: omar.id },
    { kind: "reaction", userId: mina.id, actorId: omar.id, postId },
    { kind: "reaction", userId: mina.id, actorId: bela.id, postId },
    { kind: "reaction", userId: mina.id, actorId: bela.id, commentId: own },
  );
  const lines = (await linesOf()).join("\n");
  expect(lines).toContain("Omar commented on On benches");
  expect(lines).toContain("I sat on one of those");
  expect(lines).toContain("Bela replied to your comment on On benches");
  expect(lines).toContain("Bela mentioned you in For @mina");
  expect(lines).toContain("Omar follows you now");
  expect(lines).toMatch(/(Omar and Bela|Bela and Omar) liked On benches/);
  expect(lines).toContain("Bela liked your comment on On benches");
  const { body, statements } = await page();
  for (const target of [
    `/p/${postId}/on-benches?thread=${reply}#comment-${reply}`,
    `/p/${postId}/on-benches?thread=${answer}#comment-${answer}`,
    `/p/${elsewhere}/for-mina`,
    `/u/${omar.username}`,
    `/p/${postId}/on-benches`,
  ]) {
    expect(body).toContain(`href="${target}"`);
  }
  expect(statements).toHaveLength(2);
  expect(await badgeOf()).toBe("6");
});

test("what happens again before it was read joins its line: Ada and 4 others", async () => {
  const postId = await createPost(mina);
  const readers = await createPeople(5, `fan-${"abcdefghjkmnpqrtuvwxyz"[round]}`);
  for (const reader of readers) await happens({ kind: "reaction", userId: mina.id, actorId: reader.id, postId });
  const [line] = await linesOf();
  expect(line).toMatch(/5, fan-. 4, fan-. 3 and 2 others liked On benches/);
  expect(await badgeOf()).toBe("1");
  await send("/notifications/read", { cookie: mina.cookie, form: { until: new Date().toISOString() } });
  expect(await badgeOf()).toBeNull();
  await happens({ kind: "reaction", userId: mina.id, actorId: omar.id, postId });
  expect(await linesOf()).toHaveLength(2);
});

test("nobody is told of what they do themselves, of whom they muted, or of the same like twice in a day", async () => {
  const postId = await createPost(mina);
  await db.mute.create({ data: { muterId: mina.id, mutedId: bela.id } });
  await happens(
    { kind: "reaction", userId: mina.id, actorId: mina.id, postId },
    { kind: "reaction", userId: mina.id, actorId: bela.id, postId },
  );
  expect(await linesOf()).toEqual([]);
  await happens({ kind: "reaction", userId: mina.id, actorId: omar.id, postId });
  await send("/notifications/read", { cookie: mina.cookie, form: { until: new Date().toISOString() } });
  await happens({ kind: "reaction", userId: mina.id, actorId: omar.id, postId });
  expect(await badgeOf()).toBeNull();
  expect(await linesOf()).toHaveLength(1);
});

test("who takes a like or a follow back before it was read leaves the line, and the line goes with the last", async () => {
  const postId = await createPost(mina);
  const commentId = await createComment(mina, postId);
  const follow = { followerId: omar.id, followeeId: mina.id };
  await db.reaction.createMany({ data: [omar, bela].map(({ id }) => ({ postId, userId: id })) });
  await db.commentReaction.create({ data: { commentId, userId: omar.id } });
  await db.follow.create({ data: follow });
  await happens(
    { kind: "reaction", userId: mina.id, actorId: omar.id, postId },
    { kind: "reaction", userId: mina.id, actorId: bela.id, postId },
    { kind: "reaction", userId: mina.id, actorId: omar.id, commentId },
    { kind: "follow", userId: mina.id, actorId: omar.id },
  );
  expect(await badgeOf()).toBe("3");
  await db.follow.deleteMany({ where: follow });
  await db.commentReaction.deleteMany({ where: { commentId } });
  await db.reaction.deleteMany({ where: { postId, userId: omar.id } });
  expect(await linesOf()).toEqual([expect.stringContaining("Bela liked On benches")]);
  expect(await badgeOf()).toBe("1");
  await db.reaction.deleteMany({ where: { postId } });
  expect(await linesOf()).toEqual([]);
  expect(await badgeOf()).toBeNull();
});

test("what was removed or deleted since, or was said by somebody muted since, is in neither list nor count", async () => {
  const postId = await createPost(mina, "Canary title");
  const commentId = await createComment(omar, postId, "Canary words");
  await happens({ kind: "reply", userId: mina.id, actorId: omar.id, commentId });
  const away: [string, () => Promise<unknown>, () => Promise<unknown>][] = [
    [
      "a removed comment",
      () => db.comment.update({ where: { id: commentId }, data: { removedAt: new Date() } }),
      () => db.comment.update({ where: { id: commentId }, data: { removedAt: null } }),
    ],
    [
      "a deleted comment",
      () => db.comment.update({ where: { id: commentId }, data: { deletedAt: new Date() } }),
      () => db.comment.update({ where: { id: commentId }, data: { deletedAt: null } }),
    ],
    [
      "a removed post",
      () => db.post.update({ where: { id: postId }, data: { removedAt: new Date() } }),
      () => db.post.update({ where: { id: postId }, data: { removedAt: null } }),
    ],
    [
      "a muted author",
      () => db.mute.create({ data: { muterId: mina.id, mutedId: omar.id } }),
      () => db.mute.deleteMany({ where: { muterId: mina.id } }),
    ],
  ];
  for (const [what, hide, show] of away) {
    expect(await badgeOf(), what).toBe("1");
    await hide();
    const { body } = await page();
    expect(body, what).not.toMatch(/Canary|Omar/);
    expect(await badgeOf(), what).toBeNull();
    await show();
  }
});

test("the words under a post with a warning are not shown before it is opened", async () => {
  const postId = await createPost(mina, "With care", "Spiders");
  const commentId = await createComment(omar, postId, "Eight long legs");
  await happens({ kind: "reply", userId: mina.id, actorId: omar.id, commentId });
  expect(await linesOf()).toEqual([expect.stringContaining("Omar commented on With care")]);
  expect((await page()).body).not.toContain("Eight long legs");
});

test("a badge counts to 99 and says no more", async () => {
  const postId = await createPost(mina);
  const comments = await Promise.all(Array.from({ length: 120 }, () => createComment(omar, postId)));
  await happens(
    ...comments.map((commentId) => ({ kind: "reply" as const, userId: mina.id, actorId: omar.id, commentId })),
  );
  expect(await badgeOf()).toBe("99+");
});

test("older ones are on the next page, each once, also while new ones come", async () => {
  const postId = await createPost(mina);
  for (let number = 0; number < 60; number++) {
    const commentId = await createComment(omar, postId, `Number ${number}`);
    await happens({ kind: "reply", userId: mina.id, actorId: omar.id, commentId });
  }
  const seen: string[] = [];
  for (let path: string | undefined = "/notifications"; path; ) {
    const { body } = await page(mina, path);
    seen.push(...[...body.matchAll(/data-notification-id="([^"]+)"/g)].map(([, id]) => id ?? ""));
    path = /rel="next"[^>]*href="([^"]+)"|href="([^"]+)"[^>]*rel="next"/.exec(body)?.slice(1).find(Boolean);
    await happens({ kind: "reply", userId: mina.id, actorId: omar.id, commentId: await createComment(omar, postId) });
  }
  expect(seen).toHaveLength(60);
  expect(new Set(seen).size).toBe(60);
});

test("whoever has nothing yet is told what will be here", async () => {
  expect((await page()).body).toContain("Nothing to tell you yet");
});
