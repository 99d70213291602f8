import { execFile } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { createPost } from "#app/comments/test-comments.ts";
import { livedHere } from "#app/deletions/test-leaving.ts";
import { removeOldExports } from "#app/exports/exports.server.ts";
import { makeExport } from "#app/exports/making.server.ts";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";
import { listStoredFiles, readStoredFile } from "#app/server/storage.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";

let person: Person;
let other: Person;

beforeAll(async () => {
  ({ person, other } = await livedHere());
});

const ask = ({ cookie }: Person) => send("/settings/data/exports", { cookie, form: {} });
const page = ({ cookie }: Person) => send("/settings/data", { cookie });
const lastOf = ({ id }: Person) =>
  db.dataExport.findFirstOrThrow({ where: { userId: id }, orderBy: { createdAt: "desc" } });
const linkTo = (id: string) => `/settings/data/exports/${id}`;
async function listExportFiles(): Promise<string[]> {
  const files: string[] = [];
  for await (const { key } of listStoredFiles()) if (key.includes("-export.zip")) files.push(key);
  return files;
}

/** What the archive of an export has in it, by the names of its files; unpacked by somebody else's program. */
async function unpack(key: string | null): Promise<Map<string, Buffer>> {
  const bytes = await readStoredFile(key ?? "");
  if (!bytes) throw new Error("there is no such file");
  const folder = path.join(settings().dataDir, "unpacked");
  await writeFile(`${folder}.zip`, bytes);
  await promisify(execFile)("unzip", ["-q", "-o", `${folder}.zip`, "-d", folder]);
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(files.map(async (file) => [path.relative(folder, file), await readFile(file)] as const)),
  );
}

test("a copy is asked for, made by a job, and fetched by its owner alone", async () => {
  expect((await page(person)).body).toContain("Make a copy");
  expect((await ask(person)).status).toBe(302);
  expect((await ask(person)).status).toBe(302);
  expect(await db.dataExport.count()).toBe(1);
  const { id } = await lastOf(person);
  const waiting = (await page(person)).body;
  expect(waiting).toContain('<noscript><meta http-equiv="refresh" content="3"/></noscript>');
  expect(waiting).toContain("0 %");
  expect((await send(linkTo(id), { cookie: person.cookie })).status).toBe(404);

  await makeExport(id);
  const made = await lastOf(person);
  await makeExport(id);
  expect(await lastOf(person)).toEqual(made);
  expect(made.progress).toBe(100);
  expect((await page(person)).body).toContain("Fetch it");
  const fetched = await send(linkTo(id), { cookie: person.cookie });
  expect([fetched.status, fetched.headers.get("content-type")]).toEqual([200, "application/zip"]);
  expect(fetched.headers.get("cache-control")).toBe("private, no-store");
  expect(fetched.headers.get("content-disposition")).toMatch(/^attachment; filename="qzmark-name-[\d-]+\.zip"$/);
  expect(Number(fetched.headers.get("content-length"))).toBe(made.bytes);
  expect((await send(linkTo(id), { cookie: other.cookie })).status).toBe(404);
  expect((await send(linkTo(id))).status).toBe(401);
  expect((await send(linkTo("x"), { cookie: person.cookie })).status).toBe(404);
  expect((await send(`/media/${made.fileKey}`)).status).toBe(404);
});

test("the copy holds everything of theirs, and nothing private of others", async () => {
  const hidden = await createPost(other, { title: "qzhidden title", deletedAt: new Date() });
  const draft = await createPost(other, { title: "qzhidden draft", status: "draft" });
  for (const postId of [hidden, draft]) {
    await db.bookmark.create({ data: { userId: person.id, postId } });
    await db.reaction.create({ data: { userId: person.id, postId } });
  }
  await db.mute.create({
    data: { muterId: (await createPerson({ username: "qzhidden-muter" })).id, mutedId: person.id },
  });
  await ask(person);
  await makeExport((await lastOf(person)).id);
  const files = await unpack((await lastOf(person)).fileKey);
  const names = [...files.keys()];
  for (const name of ["account", "security-log", "moderation", "posts", "comments", "former-texts", "reactions"]) {
    expect(names).toContain(`${name}.json`);
  }
  const text = (name: string) => files.get(name)?.toString() ?? "";
  for (const name of names.filter((each) => each.endsWith(".json"))) expect(() => JSON.parse(text(name))).not.toThrow();
  expect(names.filter((name) => name.startsWith("media/")).length).toBe(2);
  const [markdown] = names.filter((name) => /^posts\/.*qzlefttitle\.md$/.test(name));
  expect(text(markdown ?? "")).toMatch(/^---\nid: \d+\ntitle: "qzlefttitle"\n(?:.+\n)*---\n\nqzleft again/);
  expect(names.some((name) => /^drafts\/.*qzmark\.md$/.test(name))).toBe(true);
  expect(text("account.json")).toContain("qzmark2@example.org");
  expect(text("comments.json")).toContain("qzleft comment");
  expect(text("former-texts.json")).toContain("qzleft before");
  expect(JSON.parse(text("bookmarks.json"))).toContainEqual(expect.objectContaining({ title: "Of somebody else" }));
  expect(JSON.parse(text("follows.json"))).toMatchObject({ following: [{ username: "omar" }], tags: [{ tag: "tea" }] });

  const all = [...files.values()].map((bytes) => bytes.toString("latin1")).join("\n");
  expect(all).not.toContain("qzhidden");
  expect(all).not.toContain(other.email);
  expect(all).not.toContain(other.id);
  // What others wrote under it is theirs to take along.
  expect(all).not.toContain("What I think");
  const secrets = await db.account.findMany({ where: { userId: person.id, password: { not: null } } });
  for (const { password } of secrets) expect(all).not.toContain(password);
  const sessions = await db.session.findMany({ where: { userId: person.id } });
  for (const { token } of sessions) expect(all).not.toContain(token);
});

test("after a day the file is gone, and the link with it", async () => {
  const { id, fileKey } = await lastOf(person);
  await removeOldExports(new Date(Date.now() + 23 * 3_600_000));
  expect(await listExportFiles()).toContain(fileKey);
  await db.dataExport.update({ where: { id }, data: { expiresAt: new Date(Date.now() - 1) } });
  expect((await send(linkTo(id), { cookie: person.cookie })).status).toBe(404);
  await removeOldExports();
  expect(await listExportFiles()).not.toContain(fileKey);
  await removeOldExports(new Date(Date.now() + 25 * 3_600_000));
  expect(await listExportFiles()).toEqual([]);
  expect(await db.dataExport.count()).toBe(0);
});

test("a few a day are made, each after a fresh proof", async () => {
  await ask(person);
  await makeExport((await lastOf(person)).id);
  expect((await ask(person)).status).toBe(429);
  await db.session.updateMany({ where: { userId: other.id }, data: { provedAt: new Date(Date.now() - 3_600_000) } });
  expect((await ask(other)).headers.get("location")).toMatch(/^\/confirm/);
  expect(await db.dataExport.count({ where: { userId: other.id } })).toBe(0);
});

test("whatever statement of asking fails, nothing was asked for", async () => {
  const asker = await createPerson({ username: "asker" });
  for (let failing = 3; ; failing++) {
    await db.rateLimit.deleteMany();
    const options = { cookie: asker.cookie, form: {}, beforeStatement: failAt(failing) };
    if ((await send("/settings/data/exports", options)).status === 302) break;
    expect(await db.dataExport.count({ where: { userId: asker.id } })).toBe(0);
    expect(await db.auditEvent.count({ where: { userId: asker.id } })).toBe(0);
  }
  expect(await db.dataExport.count({ where: { userId: asker.id } })).toBe(1);
});

test("whatever statement of making fails, the next try makes it whole, and no half file can be fetched", async () => {
  const { id } = await db.dataExport.create({ data: { userId: person.id } });
  let failures = 0;
  for (let failing = 0; ; failing++) {
    const scope = { id: "", clientAddress: "", statements: [], beforeStatement: failAt(failing) };
    const failed = await withRequestScope(scope, () => makeExport(id)).then(
      () => false,
      () => true,
    );
    const { fileKey, finishedAt, expiresAt } = await db.dataExport.findUniqueOrThrow({ where: { id } });
    if (!failed) break;
    expect([fileKey, finishedAt, expiresAt]).toEqual([null, null, null]);
    failures += 1;
  }
  expect(failures).toBeGreaterThan(25);
  expect((await unpack((await lastOf(person)).fileKey)).size).toBeGreaterThan(10);
});

test("two workers on the same copy leave one file", async () => {
  await removeOldExports(new Date(Date.now() + 48 * 3_600_000));
  const before = new Set(await listExportFiles());
  const { id } = await db.dataExport.create({ data: { userId: other.id } });
  await Promise.all([makeExport(id), makeExport(id)]);
  const added = (await listExportFiles()).filter((key) => !before.has(key));
  expect(added).toEqual([(await lastOf(other)).fileKey]);
});

test("a copy that its job has given up is said to have failed, and another one may be asked for", async () => {
  const patient = await createPerson({ username: "patient" });
  await db.dataExport.create({ data: { userId: patient.id, createdAt: new Date(Date.now() - 3 * 3_600_000) } });
  await removeOldExports();
  const { body } = await page(patient);
  expect(body).toContain("could not be made");
  expect(body).toContain("Make a copy");
});
