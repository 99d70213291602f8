import { beforeAll, beforeEach, expect, test } from "vitest";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person, testPassword } from "#app/auth/test-people.ts";
import { added, say } from "#app/comments/test-comments.ts";
import { leaves } from "#app/deletions/test-leaving.ts";
import { publish } from "#app/posts/test-posts.ts";
import { startListening, stopListening } from "#app/server/announcements.server.ts";
import { contentGeneration } from "#app/server/content-changes.server.ts";
import { databasePool, db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { setGates, somePicture } from "#app/trust/test-gates.ts";

let iris: Person;
let omar: Person;
let bela: Person;
let mina: Person;
let serial = 0;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
  omar = await createPerson({ username: "omar", role: "moderator" });
  bela = await createPerson({ username: "bela" });
});

beforeEach(async () => {
  await setGates({});
  await db.rateLimit.deleteMany();
  mina = await createPerson({ username: `mina-${++serial}` });
});

const reason = "It sells hats";

/** The address of a picture that Mina has sent. */
async function upload(): Promise<string> {
  const form = { image: await somePicture() };
  const answer = await send("/images", { cookie: mina.cookie, form, headers: { Accept: "application/json" } });
  return JSON.parse(answer.body).address;
}

const showing = (address: string) => ({ body: `Look.\n\n![A hat](${address})` });

/** A moderator's act; its id in the log. */
async function act(path: string, form: Record<string, string> = {}): Promise<string> {
  const answer = await send(path, { cookie: omar.cookie, form: { reason, ...form } });
  expect(answer.status, answer.body.slice(0, 300)).toBe(302);
  const { id } = await db.moderationAction.findFirstOrThrow({ orderBy: [{ createdAt: "desc" }, { id: "desc" }] });
  return id;
}

const undo = (actionId: string) => act(`/moderation/log/${actionId}/undo`);

/** Who gets it. A visitor who does not is answered as for a picture that never was. */
async function seers(address: string): Promise<string[]> {
  const seen: string[] = [];
  for (const [name, cookie] of Object.entries({
    visitor: undefined,
    member: bela.cookie,
    moderator: omar.cookie,
    uploader: mina.cookie,
  })) {
    const answer = await send(address, { cookie });
    if (answer.status === 200) seen.push(name);
    else {
      const never = await send(`/media/${"0".repeat(32)}-40x30.webp`, { cookie });
      expect(answer).toMatchObject({ status: 404, body: never.body });
      const said = ({ headers }: typeof never) => [...headers].filter(([name]) => name !== "x-request-id").sort();
      expect(said(answer)).toEqual(said(never));
      expect(answer.headers.get("cache-control")).toMatch(/no-store/);
    }
  }
  return seen;
}

const everyone = ["visitor", "member", "moderator", "uploader"];
const caseworkers = ["moderator", "uploader"];
const uploader = ["uploader"];

test("a picture that was sent, or stands in a draft, is its uploader's; published it is everyone's", async () => {
  const address = await upload();
  expect(await seers(address)).toEqual(uploader);
  await publish(mina, { ...showing(address), status: "draft" });
  expect(await seers(address)).toEqual(uploader);
  expect((await send(address, { cookie: mina.cookie })).headers.get("cache-control")).toBe("private, no-store");
  await publish(mina, showing(address));
  expect(await seers(address)).toEqual(everyone);
});

test("a picture of a removed post is there for its uploader and for moderators, until the post is back", async () => {
  const address = await upload();
  const id = await publish(mina, showing(address));
  const removed = await act(`/p/${id}/removal`);
  expect(await seers(address)).toEqual(caseworkers);
  await act(`/p/${id}/restoration`);
  expect(await seers(address)).toEqual(everyone);
  // The restoration lies over the removal, which nothing is beneath.
  await undo(removed);
  expect(await seers(address)).toEqual(everyone);
  const again = await act(`/p/${id}/removal`);
  const undone = await undo(again);
  expect(await seers(address)).toEqual(everyone);
  await undo(undone);
  expect(await seers(address)).toEqual(caseworkers);
});

test("a picture of a post that waits for a look is seen by nobody else before the look", async () => {
  await setGates({ heldPosts: 2 });
  const address = await upload();
  const id = await publish(mina, showing(address));
  expect(await seers(address)).toEqual(caseworkers);
  const approved = await act(`/p/${id}/approval`);
  expect(await seers(address)).toEqual(everyone);
  await undo(approved);
  expect(await seers(address)).toEqual(caseworkers);
});

test("what its author deletes, moderators see only where somebody had reported it", async () => {
  const [silent, reported] = [await upload(), await upload()];
  const ids = [await publish(mina, showing(silent)), await publish(mina, showing(reported))];
  await send(`/p/${ids[1]}/report`, { cookie: bela.cookie, form: { reason: "spam", note: "" } });
  for (const id of ids) await send(`/p/${id}/delete`, { cookie: mina.cookie, form: {} });
  expect(await seers(silent)).toEqual(uploader);
  expect(await seers(reported)).toEqual(caseworkers);
});

test("a ban that hides takes the pictures out of sight, and its undo brings them back", async () => {
  const [inPost, inComment] = [await upload(), await upload()];
  const id = await publish(mina, showing(inPost));
  await added(say(mina, id, showing(inComment).body));
  const banned = await act(`/admin/users/${mina.username}/ban`, { duration: "7d", content: "hidden" });
  for (const address of [inPost, inComment]) expect(await seers(address)).toEqual(caseworkers);
  await undo(banned);
  for (const address of [inPost, inComment]) expect(await seers(address)).toEqual(everyone);
});

test("a comment's picture goes with the comment, and with the post that it stands under", async () => {
  const address = await upload();
  const postId = await publish(bela);
  const id = await added(say(mina, postId, showing(address).body));
  expect(await seers(address)).toEqual(everyone);
  const removed = await act(`/comments/${id}/removal`);
  expect(await seers(address)).toEqual(caseworkers);
  await undo(removed);
  const postRemoved = await act(`/p/${postId}/removal`);
  expect(await seers(address)).toEqual(caseworkers);
  await undo(postRemoved);
  expect(await seers(address)).toEqual(everyone);
  await send(`/comments/${id}/delete`, { cookie: mina.cookie, form: {} });
  expect(await seers(address)).toEqual(uploader);
});

test("a picture in two texts is there as long as one of them is, and goes with an edit too", async () => {
  const address = await upload();
  const first = await publish(mina, showing(address));
  const second = await publish(bela, { title: "The same hat", ...showing(address) });
  await act(`/p/${first}/removal`);
  expect(await seers(address)).toEqual(everyone);
  const form = { title: "The same hat", body: "No hat.", tags: "hats", url: "", status: "published", version: "1" };
  expect((await send(`/p/${second}/edit`, { cookie: bela.cookie, form })).status).toBe(302);
  expect(await seers(address)).toEqual(caseworkers);
});

test.each(["keep", "erase"] as const)(
  "whoever leaves takes their face along, and their pictures: %s",
  async (choice) => {
    const address = await upload();
    await publish(mina, showing(address));
    const form = { name: "Mina", bio: "", website: "", avatar: await somePicture() };
    await send("/settings/profile", { cookie: mina.cookie, form });
    const { avatar } = await db.user.findUniqueOrThrow({ where: { id: mina.id } });
    const face = `/media/${avatar}-96.webp`;
    expect(await seers(face)).toEqual(everyone);
    await leaves(mina.id, choice);
    expect(await seers(face)).toEqual([]);
    expect(await seers(address)).toEqual(choice === "keep" ? everyone : []);

    const browser = new TestBrowser();
    await browser.post("/sign-in", { identifier: mina.email, password: testPassword });
    expect((await browser.post("/leaving", {})).status).toBe(302);
    mina.cookie = browser.cookie;
    for (const each of [face, address]) expect(await seers(each)).toEqual(everyone);
  },
);

test("a face that a moderator takes off is seen by its person only, until that is undone", async () => {
  await send("/settings/profile", {
    cookie: mina.cookie,
    form: { name: "Mina", bio: "", website: "", avatar: await somePicture() },
  });
  const { avatar } = await db.user.findUniqueOrThrow({ where: { id: mina.id } });
  const cleared = await act(`/admin/users/${mina.username}/avatar`);
  expect(await seers(`/media/${avatar}-320.webp`)).toEqual(uploader);
  await undo(cleared);
  expect(await seers(`/media/${avatar}-320.webp`)).toEqual(everyone);
});

test("an admin who sees the site as somebody sees the pictures of what they published, and of no draft", async () => {
  const [removed, draft] = [await upload(), await upload()];
  const id = await publish(mina, showing(removed));
  await publish(mina, { ...showing(draft), status: "draft" });
  await act(`/p/${id}/removal`);
  await send(`/admin/users/${mina.username}/impersonation`, { cookie: iris.cookie, form: { reason } });
  expect((await send(removed, { cookie: iris.cookie })).status).toBe(200);
  expect((await send(draft, { cookie: iris.cookie })).status).toBe(404);
  await send("/impersonation/end", { cookie: iris.cookie, form: {} });
});

test("a text's picture is kept by browsers for an hour and by nobody else, then asked for again", async () => {
  const address = await upload();
  const id = await publish(mina, showing(address));
  for (const cookie of [undefined, bela.cookie]) {
    const answer = await send(address, { cookie });
    expect(answer.headers.get("cache-control")).toBe("private, max-age=3600, immutable");
    expect(answer.statements).toHaveLength(cookie ? 2 : 1);
    const headers = { "If-None-Match": answer.headers.get("etag") ?? "" };
    const again = await send(address, { cookie, headers });
    expect([again.status, again.body]).toEqual([304, ""]);
    const removed = await act(`/p/${id}/removal`);
    expect((await send(address, { cookie, headers })).status).toBe(404);
    await undo(removed);
  }
});

test("the database is asked once for a picture until the content changes, and then anew", async () => {
  const address = await upload();
  const id = await publish(mina, showing(address));
  await startListening();
  try {
    await send(address);
    expect(await send(address)).toMatchObject({ status: 200, statements: [] });
    expect((await send(address, { cookie: bela.cookie })).statements).toHaveLength(1);
    const before = contentGeneration() ?? 0;
    await act(`/p/${id}/removal`);
    await expect.poll(contentGeneration).toBeGreaterThan(before);
    expect((await send(address)).status).toBe(404);
    expect(await send(address)).toMatchObject({ status: 404, statements: [] });
    expect(await seers(address)).toEqual(caseworkers);
  } finally {
    await stopListening();
  }
  // Nobody tells of changes now: nothing is taken for known.
  expect((await send(address)).statements).toHaveLength(1);
});

test("a picture is found through the indexes over the texts, and never through a table", async () => {
  const { statements } = await send(await upload(), { cookie: omar.cookie });
  const client = await databasePool().connect();
  try {
    await client.query("begin");
    await client.query("set local enable_seqscan = off");
    const values = [`${"0".repeat(32)}-40x30.webp`, omar.id, true, false];
    const { rows } = await client.query(`explain ${statements.at(-1)}`, values);
    const plan = rows.map((row: Record<string, string>) => Object.values(row)[0]).join("\n");
    for (const index of ["posts_pictures", "comments_pictures", "reports_pictures", "uploads_pkey"]) {
      expect(plan).toContain(index);
    }
    expect(plan).not.toContain("Seq Scan");
  } finally {
    await client.query("rollback");
    client.release();
  }
});
