import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { createComments, createPost } from "#app/comments/test-comments.ts";
import { send } from "#app/server/test-request.ts";

let omar: Person;
let mina: Person;
let bela: Person;

beforeAll(async () => {
  omar = await createPerson({ username: "omar", role: "moderator" });
  mina = await createPerson({ username: "mina" });
  bela = await createPerson({ username: "bela" });
});

const reason = "It sells hats";

test("moderators find the acts on a post and its comments; nobody else is shown any", async () => {
  const id = await createPost(mina);
  const [commentId] = await createComments([{ postId: id, authorId: bela.id }]);
  const path = `/p/${id}/on-benches`;
  const { body } = await send(path, { cookie: omar.cookie });
  const acts = [`/p/${id}/removal`, `/p/${id}/lock`, `/p/${id}/feature`, `/comments/${commentId}/removal`];
  for (const act of acts) {
    expect(body).toContain(`href="${act}"`);
    expect((await send(act, { cookie: omar.cookie })).status).toBe(200);
  }
  for (const cookie of [undefined, mina.cookie, bela.cookie]) {
    expect((await send(path, { cookie })).body).not.toMatch(/Moderate this post|\/(removal|lock|feature)"/);
  }
});

test("an act's page is the same in every spelling of its address, and acts on what the address names", async () => {
  const id = await createPost(mina);
  const [commentId] = await createComments([{ postId: id, authorId: bela.id }]);
  const pages = [`/p/${id}/removal`, `/comments/${commentId}/removal`, "/admin/users/bela/warning"];
  for (const page of pages) {
    const plain = await send(page, { cookie: omar.cookie });
    for (const odd of [`${page}/`, page.toUpperCase(), page.replace("/re", "/r%65").replace("/war", "/w%61r")]) {
      const { status, body } = await send(odd, { cookie: omar.cookie });
      expect([odd, status]).toEqual([odd, plain.status]);
      expect(/<h1.*?<\/h1>/.exec(body)?.[0]).toBe(/<h1.*?<\/h1>/.exec(plain.body)?.[0]);
    }
    expect((await send(`${page}/_.data`, { cookie: omar.cookie })).status).toBe(200);
  }
  const locked = await send(`/P/${id}/loc%6B/`, { cookie: omar.cookie, form: { reason } });
  expect(locked.status).toBe(302);
  expect((await send(`/p/${id}/unlock`, { cookie: omar.cookie })).status).toBe(200);
});

test("a removed post is read by its author, with rule and reason, and by moderators, who can restore it", async () => {
  const id = await createPost(mina, { title: "Hats for sale" });
  const path = `/p/${id}/hats-for-sale`;
  const removed = await send(`/p/${id}/removal`, { cookie: omar.cookie, form: { reason, rule: "spam" } });
  expect(removed.status).toBe(302);
  for (const cookie of [mina.cookie, omar.cookie]) {
    const { body } = await send(path, { cookie });
    expect(body).toContain("A moderator removed this post.");
    expect(body).toContain("No advertising");
    expect(body).toContain(reason);
  }
  expect((await send(path, { cookie: omar.cookie })).body).toContain(`href="/p/${id}/restoration"`);
  expect((await send(path, { cookie: mina.cookie })).body).not.toContain("restoration");
  for (const cookie of [undefined, bela.cookie]) expect((await send(path, { cookie })).status).toBe(404);
  await send(`/p/${id}/restoration`, { cookie: omar.cookie, form: { reason: "It was a joke" } });
  expect((await send(path)).status).toBe(200);
  expect((await send(path, { cookie: mina.cookie })).body).not.toContain(reason);
});

test("a removed comment is read by its author, with the reason, and by moderators, and is answered by nobody", async () => {
  const postId = await createPost(mina);
  const [id] = await createComments([{ postId, authorId: bela.id, body: "buy hats" }]);
  const act = await send(`/comments/${id}/removal`, { cookie: omar.cookie, form: { reason } });
  expect(act.status).toBe(302);
  expect((await send(act.headers.get("location") ?? "", { cookie: omar.cookie })).status).toBe(302);
  const path = `/p/${postId}/on-benches`;
  for (const cookie of [bela.cookie, omar.cookie]) {
    const { body } = await send(path, { cookie });
    expect(body).toContain("A moderator removed this comment.");
    expect(body).toContain(reason);
    expect(body).not.toContain(`?reply=${id}`);
  }
  expect((await send(path, { cookie: omar.cookie })).body).toContain(`href="/comments/${id}/restoration"`);
  for (const cookie of [undefined, mina.cookie]) expect((await send(path, { cookie })).body).not.toContain("buy hats");
});

test("visitors' kept pages say that a post was locked as soon as it is, and again when it is not", async () => {
  const id = await createPost(mina);
  const path = `/p/${id}/on-benches`;
  expect((await send(path)).body).not.toContain("locked this post");
  await send(`/p/${id}/lock`, { cookie: omar.cookie, form: { reason } });
  expect((await send(path)).body).toContain("locked this post");
  expect((await send(path, { cookie: omar.cookie })).body).toContain(`href="/p/${id}/unlock"`);
  await send(`/p/${id}/unlock`, { cookie: omar.cookie, form: { reason } });
  expect((await send(path)).body).not.toContain("locked this post");
});

test("the page of a person leads to every act that the moderator may do", async () => {
  const { body } = await send("/admin/users/bela", { cookie: omar.cookie });
  for (const noun of ["warning", "silence", "username", "profile", "avatar", "ban"]) {
    expect(body).toContain(`href="/admin/users/bela/${noun}"`);
  }
  expect(body).not.toContain("unsilence");
  await send("/admin/users/bela/silence", { cookie: omar.cookie, form: { reason, duration: "1d" } });
  expect((await send("/admin/users/bela", { cookie: omar.cookie })).body).toContain(
    'href="/admin/users/bela/unsilence"',
  );
});
