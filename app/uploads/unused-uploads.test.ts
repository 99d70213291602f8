import { utimes } from "node:fs/promises";
import path from "node:path";
import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { listStoredFiles, storeFile } from "#app/server/storage.server.ts";
import { collectUnusedUploads } from "#app/uploads/unused-uploads.server.ts";

const dayMs = 86_400_000;
let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
});

const name = (digit: number) => digit.toString(16).repeat(32);

/** A picture that was uploaded so many days ago. */
async function upload(
  key: string,
  { kind = "image", days, files = [key] }: { kind?: string; days: number; files?: string[] },
) {
  const createdAt = new Date(Date.now() - days * dayMs);
  await db.upload.create({ data: { key, ownerId: mina.id, kind, width: 1, height: 1, bytes: 1, createdAt } });
  for (const file of files) await storeOld(file, days);
}

async function storeOld(file: string, days: number) {
  await storeFile(file, Buffer.from("x"));
  const at = new Date(Date.now() - days * dayMs);
  await utimes(path.join(path.resolve(settings().dataDir, "media"), file.slice(0, 2), file), at, at);
}

const write = (body: string) =>
  db.post.create({ data: { authorId: mina.id, title: "", body, bodyHtml: "", excerpt: "" } });

test("what stands in a text or beside a name stays, and so does what is new; the rest goes, rows and files", async () => {
  const [inPost, inDeleted, inComment, fresh, unused] = [1, 2, 3, 4, 5].map((digit) => `${name(digit)}-8x8.webp`) as [
    string,
    string,
    string,
    string,
    string,
  ]; // five of five
  for (const key of [inPost, inDeleted, inComment, unused]) await upload(key, { days: 30 });
  await upload(fresh, { days: 2 });
  const post = await write(`one\n\n![a](/media/${inPost}) and /media/${"0".repeat(32)}.webp`);
  const deleted = await write(`![](/media/${inDeleted})`);
  await db.post.update({ where: { id: deleted.id }, data: { deletedAt: new Date() } });
  await db.comment.create({
    data: { postId: post.id, authorId: mina.id, body: `![](/media/${inComment})`, bodyHtml: "" },
  });

  const current = { key: name(10), files: [`${name(10)}-96.webp`, `${name(10)}-320.webp`] };
  const replaced = { key: name(11), files: [`${name(11)}-96.webp`, `${name(11)}-320.webp`] };
  for (const { key, files } of [current, replaced]) await upload(key, { kind: "avatar", days: 3, files });
  await db.user.update({ where: { id: mina.id }, data: { avatar: current.key } });

  await storeOld(`${name(12)}-8x8.webp`, 3);
  await storeFile(`${name(13)}-8x8.webp`, Buffer.from("x"));

  for (let round = 0; round < 2; round++) {
    await collectUnusedUploads();
    const rows = await db.upload.findMany({ select: { key: true } });
    expect(rows.map(({ key }) => key).sort()).toEqual([inPost, inDeleted, inComment, fresh, current.key].sort());
    const files: string[] = [];
    for await (const { key } of listStoredFiles()) files.push(key);
    // A file without a row may be on its way for a day.
    expect(files.sort()).toEqual(
      [inPost, inDeleted, inComment, fresh, ...current.files, `${name(13)}-8x8.webp`].sort(),
    );
  }
});

test("a picture in changes that are not saved yet stays", async () => {
  const key = `${name(13)}-8x8.webp`;
  await upload(key, { days: 30 });
  const { id: postId } = await write("words");
  const text = { title: "", body: `![](/media/${key})`, tags: "", url: "", baseVersion: 1 };
  await db.unsavedEdit.create({ data: { postId, ...text } });
  await collectUnusedUploads();
  expect(await db.upload.count({ where: { key } })).toBe(1);
  await db.unsavedEdit.deleteMany();
  await collectUnusedUploads();
  expect(await db.upload.count({ where: { key } })).toBe(0);
});
