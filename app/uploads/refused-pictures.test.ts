import { randomBytes } from "node:crypto";
import sharp from "sharp";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { listStoredFiles, readStoredFile } from "#app/server/storage.server.ts";
import { send } from "#app/server/test-request.ts";
import { fileOf, picture, pngClaiming } from "#app/uploads/test-pictures.ts";

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

const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><script>alert(1)</script></svg>';

const refused: [string, () => Promise<Buffer> | Buffer][] = [
  ["an empty file", () => Buffer.alloc(0)],
  ["a text", () => Buffer.from("hello, I am a picture")],
  ["a page", () => Buffer.from("<!doctype html><script>alert(1)</script>")],
  ["a drawing of vectors", () => Buffer.from(svg)],
  ["a drawing of vectors behind a declaration", () => Buffer.from(`<?xml version="1.0"?>\n<!-- \x89PNG -->${svg}`)],
  [
    "a drawing that fetches a file",
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>'),
  ],
  ["a PDF", () => Buffer.from("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n")],
  ["a TIFF", () => picture(10, 10).tiff().toBuffer()],
  ["an archive", () => Buffer.from("PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "latin1")],
  ["noise", () => randomBytes(5_000)],
  ["noise that begins like a JPEG", () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(5_000)])],
  [
    "noise that begins like a PNG",
    () => Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), randomBytes(5_000)]),
  ],
  [
    "noise that begins like a WebP",
    () => Buffer.concat([Buffer.from("RIFF\xff\x00\x00\x00WEBP", "latin1"), randomBytes(5_000)]),
  ],
  [
    "noise that begins like an AVIF",
    () => Buffer.concat([Buffer.from("\0\0\0\x20ftypavif", "latin1"), randomBytes(5_000)]),
  ],
  ["noise that begins like a GIF", () => Buffer.concat([Buffer.from("GIF89a"), randomBytes(5_000)])],
  ["a JPEG that is only half there", async () => half(await picture(200, 200).jpeg().toBuffer())],
  ["a PNG that is only half there", async () => half(await picture(200, 200).png().toBuffer())],
  ["a WebP that is only half there", async () => half(await picture(200, 200).webp().toBuffer())],
  ["a GIF that is only half there", async () => half(await picture(200, 200).gif().toBuffer())],
  ["an AVIF that is only half there", async () => half(await picture(200, 200).avif().toBuffer())],
  ["a JPEG's first bytes", () => Buffer.from([0xff, 0xd8, 0xff])],
  ["a WebP's first bytes", () => Buffer.from("RIFF\0\0\0\0WEBP", "latin1")],
  [
    "a PNG with an archive behind it",
    async () => Buffer.concat([await picture(20, 20).png().toBuffer(), Buffer.from("PK\x03\x04")]),
  ],
  [
    "a GIF with a script behind it",
    async () => Buffer.concat([await picture(20, 20).gif().toBuffer(), Buffer.from("*/=alert(1)")]),
  ],
  [
    "a JPEG with a page behind it",
    async () => Buffer.concat([await picture(20, 20).jpeg().toBuffer(), Buffer.from("<script>")]),
  ],
  [
    "a JPEG with a page behind a film's first letters",
    async () => Buffer.concat([await picture(20, 20).jpeg().toBuffer(), Buffer.from("\0\0\0\0ftyp<script>alert(1)")]),
  ],
  [
    "a JPEG with a page behind a film's first box",
    async () =>
      Buffer.concat([
        await picture(20, 20).jpeg().toBuffer(),
        box("ftyp", "isom\0\0\0\0isom"),
        Buffer.from("<script>"),
      ]),
  ],
  [
    "a JPEG with a page behind its second exposure",
    async () => {
      const exposure = await picture(20, 20).jpeg().toBuffer();
      return Buffer.concat([exposure, exposure, Buffer.from("<script>")]);
    },
  ],
  [
    "a JPEG with a page behind the first letters of a second one",
    async () => Buffer.concat([await picture(20, 20).jpeg().toBuffer(), Buffer.from("\xff\xd8\xff<script>", "latin1")]),
  ],
  [
    "a JPEG with a page that ends as notes do",
    async () => Buffer.concat([await picture(20, 20).jpeg().toBuffer(), Buffer.from("<script></script>SEFT")]),
  ],
  [
    "a JPEG with a page before its notes",
    async () => Buffer.concat([await picture(20, 20).jpeg().toBuffer(), Buffer.from("<script>"), notes("note")]),
  ],
  [
    "an AVIF of 17 million pixels",
    () =>
      sharp({ create: { width: 4_250, height: 4_000, channels: 3, background: "white" } })
        .avif({ effort: 0 })
        .toBuffer(),
  ],
  [
    "a WebP with a program behind it",
    async () => Buffer.concat([await picture(20, 20).webp().toBuffer(), Buffer.from("MZ\x90")]),
  ],
  [
    "an AVIF with a page behind it",
    async () => Buffer.concat([await picture(20, 20).avif().toBuffer(), Buffer.from("<html><script>")]),
  ],
  ["a PNG that claims 50,000 × 50,000 pixels", () => pngClaiming(50_000, 50_000)],
  ["a PNG that claims 2,147,483,647 × 2,147,483,647 pixels", () => pngClaiming(2_147_483_647, 2_147_483_647)],
  ["a PNG that claims more pixels than it has", () => pngClaiming(4_000, 4_000)],
  [
    "a picture of 41 million pixels",
    () =>
      sharp({ create: { width: 8_200, height: 5_000, channels: 3, background: "white" } })
        .png()
        .toBuffer(),
  ],
  [
    "a file of more than 10 MB",
    async () => Buffer.concat([await picture(20, 20).png().toBuffer(), Buffer.alloc(10 * 1024 * 1024)]),
  ],
];

function box(name: string, content: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(8 + content.length);
  return Buffer.concat([length, Buffer.from(name + content, "latin1")]);
}

const film = Buffer.concat([box("ftyp", "mp42\0\0\0\0mp42"), box("mdat", "film"), box("moov", "x")]);

/** Notes as Samsung's phones write them: a block and a directory of one entry. */
function notes(text: string): Buffer {
  const block = Buffer.concat([Buffer.from([0, 0, 1, 10, 4, 0, 0, 0]), Buffer.from(`name${text}`)]);
  const directory = Buffer.alloc(24);
  directory.write("SEFH", 0, "latin1");
  directory.writeUInt32LE(1, 8);
  directory.writeUInt16LE(0x0a01, 14);
  directory.writeUInt32LE(block.length, 16);
  directory.writeUInt32LE(block.length, 20);
  return Buffer.concat([block, directory, Buffer.from([24, 0, 0, 0]), Buffer.from("SEFT")]);
}

function half(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.length / 2);
}

test.each(refused)("%s is refused in words, and leaves nothing behind", async (_, make) => {
  const bytes = await make();
  await nothingChanges(async () => {
    const answer = await upload(fileOf(bytes));
    expect(answer.status, answer.body).toBe(400);
    expect(JSON.parse(answer.body).error).toMatch(/^(?:The|This) /);
  });
});

test("phones put more behind a photograph than the photograph; that is taken, and dropped", async () => {
  const photograph = await picture(60, 40).jpeg().toBuffer();
  for (const more of [
    photograph,
    Buffer.alloc(64),
    film,
    notes("a note"),
    Buffer.concat([photograph, Buffer.alloc(16), photograph]),
    Buffer.concat([film, notes("a note")]),
    Buffer.concat([photograph, notes("a note")]),
  ]) {
    const answer = await upload(fileOf(Buffer.concat([photograph, more])));
    expect(answer.status).toBe(201);
    const stored = await readStoredFile(JSON.parse(answer.body).address.slice(7));
    expect(stored?.includes("film")).toBe(false);
    expect(stored?.includes("note")).toBe(false);
  }
});

test("no file, a text in its place and a body that is no form are refused", async () => {
  await nothingChanges(async () => {
    expect((await upload("picture.png")).status).toBe(400);
    expect((await upload(new File([], ""))).status).toBe(400);
    expect((await send("/images", { cookie: mina.cookie, form: {} })).status).toBe(400);
    const cut = await send("/images", {
      cookie: mina.cookie,
      form: { a: "b" },
      headers: { "Content-Type": "multipart/form-data; boundary=x" },
    });
    expect(cut.status).toBe(400);
  });
});
