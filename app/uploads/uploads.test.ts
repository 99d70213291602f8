import sharp from "sharp";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db, inTransaction } from "#app/server/database.server.ts";
import { listStoredFiles, readStoredFile } from "#app/server/storage.server.ts";
import { send } from "#app/server/test-request.ts";
import { fileOf, picture } from "#app/uploads/test-pictures.ts";
import { quotaBytes, recordUpload } from "#app/uploads/uploads.server.ts";

let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
});

beforeEach(async () => {
  await db.rateLimit.deleteMany();
});

const upload = (file: File | string, cookie = mina.cookie) =>
  send("/images", { cookie, form: { image: file }, headers: { Accept: "application/json" } });

async function storedKeys(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of listStoredFiles()) keys.push(key);
  return keys.sort();
}

async function nothingChanges(work: () => Promise<void>): Promise<void> {
  const before = [await storedKeys(), await db.upload.count()];
  await work();
  expect([await storedKeys(), await db.upload.count()]).toEqual(before);
}

test.each(["jpeg", "png", "webp", "gif", "avif"] as const)(
  "a %s becomes a WebP of ours under a random name",
  async (format) => {
    const answer = await upload(fileOf(await picture(320, 200).toFormat(format).toBuffer(), "../../etc/passwd"));
    expect(answer.status, answer.body).toBe(201);
    const { address, markdown } = JSON.parse(answer.body);
    expect(address).toMatch(/^\/media\/[0-9a-f]{32}-320x200\.webp$/);
    expect(markdown).toBe(`![](${address})`);
    const key = address.slice("/media/".length);
    const bytes = await readStoredFile(key);
    expect(await sharp(bytes ?? "").metadata()).toMatchObject({ format: "webp", width: 320, height: 200 });
    expect(await db.upload.findUnique({ where: { key } })).toMatchObject({
      ownerId: mina.id,
      kind: "image",
      width: 320,
      height: 200,
      bytes: bytes?.length,
    });
  },
);

test("a picture is served as what it is, and nothing else is", async () => {
  const { address } = JSON.parse((await upload(fileOf(await picture(40, 40).png().toBuffer()))).body);
  const { id: postId } = await db.post.create({
    data: {
      authorId: mina.id,
      title: "A hat",
      body: `![](${address})`,
      bodyHtml: "",
      excerpt: "",
      status: "published",
      publishedAt: new Date(),
    },
  });
  const answer = await send(address);
  expect(answer.status).toBe(200);
  expect(answer.statements).toHaveLength(1);
  expect(answer.headers.get("content-type")).toBe("image/webp");
  expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
  const head = await send(address, { method: "HEAD" });
  expect([head.status, head.body]).toEqual([200, ""]);
  for (const key of [
    "0".repeat(32),
    `${"0".repeat(32)}.webp`,
    `${address.slice(7)}.part`,
    "..%2f..%2fpackage.json",
    "..%2F..%2F..%2Fetc%2Fpasswd.webp",
    "%00.webp",
    `${"a".repeat(5_000)}.webp`,
    "CON.webp",
  ]) {
    expect((await send(`/media/${key}`)).status, key).toBe(404);
  }
  await db.post.delete({ where: { id: postId } });
});

test("a large picture is made 1600 pixels wide, a small one stays as it is, a strip is bounded too", async () => {
  const sizeOf = async (width: number, height: number) => {
    const { address } = JSON.parse((await upload(fileOf(await picture(width, height).jpeg().toBuffer()))).body);
    return /-(\d+x\d+)\.webp/.exec(address)?.[1];
  };
  expect(await sizeOf(3200, 1000)).toBe("1600x500");
  expect(await sizeOf(1, 1)).toBe("1x1");
  expect(await sizeOf(100, 20_000)).toBe("40x8000");
});

test("a photograph is turned upright, and keeps nothing but its pixels", async () => {
  const photograph = await picture(300, 200)
    .withExif({
      IFD0: { Copyright: "Mina", ImageDescription: "<script>alert(1)</script>" },
      IFD3: { GPSLatitude: "56/1" },
    })
    .withXmp("<x:xmpmeta xmlns:x='adobe:ns:meta/'><script>alert(1)</script></x:xmpmeta>")
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const { address } = JSON.parse((await upload(fileOf(photograph))).body);
  expect(address).toMatch(/-200x300\.webp$/);
  const bytes = (await readStoredFile(address.slice(7))) ?? Buffer.alloc(0);
  const { exif, xmp, icc, iptc, orientation } = await sharp(bytes).metadata();
  expect({ exif, xmp, icc, iptc, orientation }).toEqual({});
  for (const trace of ["Mina", "script", "Exif", "GPS"]) expect(bytes.includes(trace), trace).toBe(false);
});

test("of a moving picture the first frame is kept", async () => {
  const frames = await Promise.all(
    [0, 200].map((grey) =>
      sharp({ create: { width: 20, height: 20, channels: 3, background: { r: grey, g: grey, b: grey } } })
        .png()
        .toBuffer(),
    ),
  );
  const moving = await sharp(frames, { join: { animated: true } })
    .gif()
    .toBuffer();
  const { address } = JSON.parse((await upload(fileOf(moving))).body);
  const kept = await sharp((await readStoredFile(address.slice(7))) ?? "").metadata();
  expect(kept.pages ?? 1).toBe(1);
  expect(kept.height).toBe(20);
});

test("a visitor uploads nothing, and a visit is no upload", async () => {
  await nothingChanges(async () => {
    expect((await send("/images", { form: { image: fileOf(await picture(9, 9).png().toBuffer()) } })).status).toBe(401);
    expect((await send("/images", { cookie: mina.cookie })).status).toBe(405);
  });
});

test("a person's pictures have a limit together, also when many come at once", async () => {
  const collector = await createPerson({ username: "collector" });
  const file = await picture(300, 300).png().toBuffer();
  const { bytes } = await db.upload.findUniqueOrThrow({
    where: { key: JSON.parse((await upload(fileOf(file))).body).address.slice(7) },
  });
  await db.upload.create({
    data: {
      key: "earlier-pictures",
      ownerId: collector.id,
      kind: "image",
      width: 1,
      height: 1,
      bytes: quotaBytes - 3 * bytes,
    },
  });
  const before = (await storedKeys()).length;
  const answers = await Promise.all(Array.from({ length: 4 }, () => upload(fileOf(file), collector.cookie)));
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(3);
  for (const answer of answers.filter(({ status }) => status !== 201)) {
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("200 MB");
  }
  expect((await storedKeys()).length).toBe(before + 3);
});

test("uploads that are written down at the same moment do not pass the limit together", async () => {
  const { id: ownerId } = await createPerson({ username: "archivist" });
  const upload = { ownerId, kind: "image", width: 1, height: 1, bytes: quotaBytes / 4 } as const;
  const written = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) =>
      inTransaction((tx) => recordUpload(tx, { ...upload, key: `at-the-same-moment-${index}` })),
    ),
  );
  expect(written.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
  // Rows without files are nobody's pictures.
  await db.upload.deleteMany({ where: { ownerId } });
});

test("uploading has its limit", async () => {
  const eager = await createPerson({ username: "eager" });
  const file = await picture(5, 5).png().toBuffer();
  const answers = [];
  for (let index = 0; index < 61; index++) answers.push(await upload(fileOf(file), eager.cookie));
  expect(answers.at(59)?.status).toBe(201);
  expect(answers.at(60)?.status).toBe(429);
});

test("wherever the connection breaks, no row is without its file", async () => {
  const file = await picture(30, 30).png().toBuffer();
  for (let at = 0; ; at++) {
    const fault = new BrokenConnection(at);
    const answer = await send("/images", {
      cookie: mina.cookie,
      form: { image: fileOf(file) },
      beforeStatement: fault.beforeStatement,
    });
    await fault.settle();
    const keys = new Set(await storedKeys());
    for (const { key } of await db.upload.findMany({ where: { kind: "image", key: { not: "earlier-pictures" } } })) {
      expect(keys.has(key), key).toBe(true);
    }
    if (!fault.happened) {
      expect(answer.status).toBe(201);
      break;
    }
    expect(answer.status).toBeGreaterThanOrEqual(500);
  }
});

test("without scripts a picture goes along with the form: it stands in the text, and nothing is published yet", async () => {
  const form = {
    title: "With a picture",
    body: "Look:",
    tags: "maps",
    url: "",
    status: "published",
    submissionKey: "018f6b1e-0000-7000-8000-000000000001",
  };
  const image = fileOf(await picture(64, 48).png().toBuffer());
  const answer = await send("/new", { cookie: mina.cookie, form: { ...form, image } });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatch(/Look:\n\n!\[\]\(\/media\/[0-9a-f]{32}-64x48\.webp\)\n?<\/textarea>/);
  for (const kept of ['value="With a picture"', 'value="maps"', form.submissionKey, "Nothing has been saved yet."]) {
    expect(answer.body).toContain(kept);
  }
  expect(await db.post.count()).toBe(0);

  const preview = await send("/preview", { cookie: mina.cookie, form: { ...form, image } });
  expect(preview.status).toBe(200);
  expect(preview.body).toMatch(/<img src="\/media\/[0-9a-f]{32}-64x48\.webp" alt="" width="64" height="48"/);

  const bad = await send("/new", {
    cookie: mina.cookie,
    form: { ...form, image: fileOf("<svg/>", "a.svg", "image/svg+xml") },
  });
  expect(bad.status).toBe(400);
  expect(bad.body).toMatch(/id="post-image-error"[^>]*>This is no whole/);
  expect(bad.body).toContain("Look:</textarea>");
  expect(await db.post.count()).toBe(0);
});
