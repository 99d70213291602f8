import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { contentGeneration } from "#app/server/content-changes.server.ts";
import { db } from "#app/server/database.server.ts";

process.env.PORT = String(10_000 + ((process.pid + 7_000) % 20_000));
process.env.HOST = "127.0.0.1";
const site = `http://127.0.0.1:${process.env.PORT}`;

let stop: () => Promise<void>;
let mina: Person;

beforeAll(async () => {
  const { startSite } = await import("#app/server/site.server.ts");
  const build = await import("virtual:react-router/server-build");
  ({ stop } = await startSite({ build, filesFolder: "public" }));
  mina = await createPerson({ username: "mina", name: "Mina" });
});
afterAll(() => stop());

/** Publishes, and waits until word of it has come back: until then the pages from before it are still kept. */
async function publish(title: string): Promise<number> {
  const before = contentGeneration() ?? 0;
  const published = { status: "published" as const, publishedAt: new Date() };
  const post = await db.post.create({
    data: { authorId: mina.id, title, body: "", bodyHtml: "", excerpt: "", tags: ["books"], ...published },
  });
  await expect.poll(contentGeneration).toBeGreaterThan(before);
  return post.id;
}

/** A kept page has an ETag; one that was rendered for the asker alone has none. */
const isKept = (response: Response) => response.headers.has("ETag");

async function visit(path: string, headers: Record<string, string> = {}): Promise<Response & { body_: string }> {
  const response = await fetch(site + path, { headers });
  return Object.assign(response, { body_: await response.text() });
}

test("the second visitor gets the first one's page, whole", async () => {
  await publish("On keeping");
  await expect.poll(async () => isKept(await visit("/"))).toBe(true);
  const [one, other] = [await visit("/"), await visit("/")];
  expect(one.body_).toContain("On keeping");
  expect(other.body_).toBe(one.body_);
  expect(other.headers.get("Content-Security-Policy")).toContain("script-src 'none'");
  expect(other.headers.get("X-Content-Type-Options")).toBe("nosniff");
  expect(other.headers.get("X-Request-Id")).toBeNull();
});

test("what is written shows at once to its author, and soon to everyone", async () => {
  await expect.poll(async () => isKept(await visit("/"))).toBe(true);
  await publish("Just now");
  expect((await visit("/", { Cookie: mina.cookie })).body_).toContain("Just now");
  expect((await visit("/")).body_).toContain("Just now");
});

test("a moderator's act shows in the public log at once", async () => {
  await expect.poll(async () => isKept(await visit("/moderation/log"))).toBe(true);
  const reason = "Adverts in the public square";
  await db.moderationAction.create({
    data: { kind: "clear-avatar", moderatorUsername: "omar", subjectUserId: mina.id, reason },
  });
  await expect.poll(async () => (await visit("/moderation/log")).body_).toContain(reason);
});

test.each(["comment", "name", "removal"])("a change of another kind drops the page as well: %s", async (kind) => {
  const postId = await publish(`Changing by ${kind}`);
  await expect.poll(async () => isKept(await visit("/"))).toBe(true);
  const before = (await visit("/")).body_;
  if (kind === "comment") await db.comment.create({ data: { postId, authorId: mina.id, body: "a", bodyHtml: "a" } });
  if (kind === "name") await db.user.update({ where: { id: mina.id }, data: { name: "Mina S." } });
  if (kind === "removal") await db.post.update({ where: { id: postId }, data: { removedAt: new Date() } });
  await expect.poll(async () => (await visit("/")).body_).not.toBe(before);
});

test("a member never gets a kept page, and no kept page is a member's", async () => {
  await expect.poll(async () => isKept(await visit("/"))).toBe(true);
  const own = await visit("/", { Cookie: mina.cookie });
  expect(own.body_).toContain('data-viewer="mina"');
  expect(isKept(own)).toBe(false);
  expect((await visit("/")).body_).not.toContain("data-viewer");
});

test.each(["/join", "/sign-in", "/nowhere", "/drafts", "/dev/mail", "/healthz", "/u/nobody"])(
  "%s is never kept",
  async (path) => {
    for (let time = 0; time < 3; time++) expect(isKept(await visit(path))).toBe(false);
  },
);

test("a page is sent compressed as the browser likes, and not again when it has it", async () => {
  await expect.poll(async () => isKept(await visit("/"))).toBe(true);
  const plain = await visit("/", { "Accept-Encoding": "identity" });
  for (const encoding of ["br", "gzip"]) {
    const answer = await raw("/", { "accept-encoding": encoding });
    expect(answer.headers["content-encoding"]).toBe(encoding);
    const text = encoding === "br" ? brotliDecompressSync(answer.body) : gunzipSync(answer.body);
    expect(text.toString()).toBe(plain.body_);
  }
  const again = await fetch(`${site}/`, { headers: { "If-None-Match": plain.headers.get("ETag") ?? "" } });
  expect(again.status).toBe(304);
});

test("forty visitors at once wait for one rendering", async () => {
  await publish("For forty");
  const pages = await Promise.all(Array.from({ length: 40 }, () => visit("/?forty")));
  for (const page of pages) expect(page.body_).toContain("For forty");
  // Only an answer that the application gave itself carries the number of its request.
  expect(pages.filter(({ headers }) => headers.has("X-Request-Id"))).toHaveLength(1);
});

test("while changes cannot be heard nothing is kept, and afterwards it is again", async () => {
  await db.$queryRaw`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'stoa-listen' and datname = current_database()`;
  await expect.poll(async () => isKept(await visit("/"))).toBe(false);
  await expect.poll(async () => isKept(await visit("/"))).toBe(true);
});

async function raw(path: string, headers: Record<string, string>) {
  const { get } = await import("node:http");
  return new Promise<{ headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    get(site + path, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => resolve({ headers: response.headers, body: Buffer.concat(parts) }));
    }).on("error", reject);
  });
}
