import { get, type IncomingMessage } from "node:http";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { createComment, createPost, happens } from "#app/notifications/test-notifications.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

/** Two processes of the site, as far as they know: each has modules, connections and a listener of its own. */
const ports = [10_000 + ((process.pid + 3_000) % 20_000), 10_000 + ((process.pid + 5_000) % 20_000)];
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  process.env.HOST = "127.0.0.1";
  for (const port of ports) {
    vi.resetModules();
    process.env.PORT = String(port);
    const { startSite } = await import("#app/server/site.server.ts");
    const build = await import("virtual:react-router/server-build");
    stops.push((await startSite({ build, filesFolder: "public" })).stop);
  }
});
afterAll(() => Promise.all(stops.map((stop) => stop())));

test("each process listens to the database by itself, over one connection", async () => {
  const [{ count } = { count: 0 }] = await db.$queryRaw<{ count: number }[]>`
    select count(*)::int from pg_stat_activity where application_name = 'stoa-listen' and datname = current_database()`;
  expect(count).toBe(2);
});

interface Told {
  id: string;
  event: string;
  data: unknown;
}

/** A browser that listens, as a real socket. */
class Listener {
  readonly told: Told[] = [];
  text = "";
  isOver = false;
  readonly response: IncomingMessage;

  constructor(response: IncomingMessage) {
    this.response = response;
    response.setEncoding("utf8");
    response.on("data", (part: string) => this.take(part));
    response.on("close", () => {
      this.isOver = true;
    });
  }

  static async open(person: Person | null, site = 0, headers: Record<string, string> = {}, query = "") {
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const asked = { Accept: "text/event-stream", ...(person && { Cookie: person.cookie }), ...headers };
      get(`http://127.0.0.1:${ports[site]}/live${query}`, { headers: asked }, resolve).on("error", reject);
    });
    const listener = new Listener(response);
    open.push(listener);
    return listener;
  }

  private take(part: string): void {
    this.text += part;
    const [...blocks] = this.text.split("\n\n");
    this.text = blocks.pop() ?? "";
    for (const block of blocks) {
      const lines = new Map(
        block.split("\n").map((line) => [line.split(": ")[0], line.split(": ").slice(1).join(": ")]),
      );
      if (lines.has("event"))
        this.told.push({
          id: lines.get("id") ?? "",
          event: lines.get("event") ?? "",
          data: JSON.parse(lines.get("data") ?? ""),
        });
    }
  }

  all(event: string): unknown[] {
    return this.told.filter((each) => each.event === event).map(({ data }) => data);
  }

  /** What the bell would say. */
  get unread(): unknown {
    return (this.all("notifications").at(-1) as { count: number } | undefined)?.count; // see live/event.ts
  }

  /** Ids of new posts. */
  get posts(): number[] {
    return this.all("posts").flatMap((posts) => (posts as [number, number][]).map(([id]) => id)); // see live/event.ts
  }
}

const soon = { interval: 20 };
let open: Listener[] = [];
let mina: Person;
let omar: Person;
let round = 0;

beforeEach(async () => {
  for (const { response } of open) response.destroy();
  open = [];
  round += 1;
  const tail = "abcdefghjkmnpqrtuvwxyz"[round];
  mina = await createPerson({ username: `mina-${tail}`, name: "Mina" });
  omar = await createPerson({ username: `omar-${tail}`, name: "Omar" });
});

async function reply(): Promise<void> {
  const commentId = await createComment(omar, await createPost(mina));
  await happens({ kind: "reply", userId: mina.id, actorId: omar.id, commentId });
}

test("a member hears at once what they have not read, and then each change, at every process of the site", async () => {
  await reply();
  const listeners = [await Listener.open(mina, 0), await Listener.open(mina, 1)];
  for (const listener of listeners) await expect.poll(() => listener.unread, soon).toBe(1);
  await reply();
  for (const listener of listeners) await expect.poll(() => listener.unread, soon).toBe(2);
  await send("/notifications/read", { cookie: mina.cookie, form: { until: new Date().toISOString() } });
  for (const listener of listeners) await expect.poll(() => listener.unread, soon).toBe(0);
});

test("the answer is kept by nobody, compressed by nobody and held back by nobody", async () => {
  const { response } = await Listener.open(mina, 0, { "Accept-Encoding": "br, gzip" });
  expect(response.statusCode).toBe(200);
  expect(response.headers).toMatchObject({
    "content-type": "text/event-stream",
    "cache-control": "private, no-store",
    "x-accel-buffering": "no",
    "x-content-type-options": "nosniff",
  });
  expect(response.headers["content-encoding"]).toBeUndefined();
});

test("nobody hears what is told to somebody else", async () => {
  const other = await Listener.open(omar);
  const own = await Listener.open(mina);
  await reply();
  await expect.poll(() => own.unread, soon).toBe(1);
  expect(other.all("notifications")).toHaveLength(1);
});

test("visitors are not let in, and a page is not what this address gives", async () => {
  expect((await Listener.open(null)).response.statusCode).toBe(401);
  expect((await Listener.open(mina, 0, { Accept: "text/html" })).response.statusCode).toBe(406);
  const asData = await fetch(`http://127.0.0.1:${ports[0]}/live.data`, {
    headers: { Cookie: mina.cookie, Accept: "text/event-stream" },
  });
  expect(asData.status).toBe(406);
  const head = await fetch(`http://127.0.0.1:${ports[0]}/live`, {
    method: "HEAD",
    headers: { Cookie: mina.cookie, Accept: "text/event-stream" },
  });
  expect(head.status).toBe(406);
});

test("a new post is told to those who may see it, but not to its author or to whom the author is muted by", async () => {
  const bela = await createPerson({ username: `bela-${round}` });
  await db.mute.create({ data: { muterId: bela.id, mutedId: omar.id } });
  const [reader, author, muter] = [await Listener.open(mina), await Listener.open(omar, 1), await Listener.open(bela)];
  const postId = await createPost(omar);
  await expect.poll(() => reader.posts, soon).toContain(postId);
  const own = await createPost(mina);
  await expect.poll(() => muter.posts, soon).toContain(own);
  await expect.poll(() => author.posts, soon).toContain(own);
  expect(author.posts).not.toContain(postId);
  expect(muter.posts).not.toContain(postId);
  expect(reader.posts).not.toContain(own);
});

test("a draft is told when it is published, and a removed post never", async () => {
  const reader = await Listener.open(mina);
  const texts = { authorId: omar.id, title: "A draft", body: "", bodyHtml: "", excerpt: "", tags: [] };
  const draft = await db.post.create({ data: texts });
  const at = { publishedAt: new Date() };
  const removed = await db.post.create({ data: { ...texts, status: "published", ...at, removedAt: new Date() } });
  await db.post.update({ where: { id: draft.id }, data: { status: "published", ...at } });
  await expect.poll(() => reader.posts, soon).toContain(draft.id);
  expect(reader.posts).not.toContain(removed.id);
});

test("whoever was away hears what they missed, by the id of the last event or by the page's moment", async () => {
  const first = await Listener.open(mina);
  const seen = await createPost(omar);
  await expect.poll(() => first.posts, soon).toContain(seen);
  const lastId = first.told.at(-1)?.id ?? "";
  first.response.destroy();
  const missed = await createPost(omar);
  await reply();
  const byHeader = await Listener.open(mina, 1, { "Last-Event-ID": lastId });
  const byQuery = await Listener.open(mina, 0, {}, `?since=${lastId}`);
  for (const listener of [byHeader, byQuery]) {
    await expect.poll(() => listener.posts, soon).toContain(missed);
    expect(listener.unread).toBe(1);
  }
  for (const odd of ["x", "-1", "9".repeat(30), "1e9", "", "9999999999999"]) {
    const listener = await Listener.open(mina, 0, {}, `?since=${odd}`);
    await expect.poll(() => listener.unread, soon).toBe(1);
  }
});

test("signing out closes the stream of that session at once, and no other", async () => {
  const elsewhere = { ...mina, cookie: await createSession(mina.id) };
  const [here, there] = [await Listener.open(mina), await Listener.open(elsewhere, 1)];
  await expect.poll(() => here.unread, soon).toBe(0);
  await send("/sign-out", { cookie: mina.cookie, form: {} });
  await expect.poll(() => here.isOver, soon).toBe(true);
  expect(here.all("ended")).toEqual([null]);
  expect(there.isOver).toBe(false);
  expect((await Listener.open(mina)).response.statusCode).toBe(401);
});

test("a ban closes every stream of that person at once, at every process, and lets none be opened", async () => {
  const elsewhere = { ...mina, cookie: await createSession(mina.id) };
  const listeners = [await Listener.open(mina, 0), await Listener.open(elsewhere, 1)];
  for (const listener of listeners) await expect.poll(() => listener.unread, soon).toBe(0);
  await banDirectly(mina.id);
  for (const listener of listeners) {
    await expect.poll(() => listener.isOver, soon).toBe(true);
    expect(listener.all("ended")).toEqual([null]);
  }
  expect((await Listener.open(mina)).response.statusCode).toBe(403);
});

test("an account's end closes its streams", async () => {
  const listener = await Listener.open(mina);
  await expect.poll(() => listener.unread, soon).toBe(0);
  await db.user.delete({ where: { id: mina.id } });
  await expect.poll(() => listener.isOver, soon).toBe(true);
});

test("a stream ends with the time of its session", async () => {
  await db.session.updateMany({ where: { userId: mina.id }, data: { expiresAt: new Date(Date.now() + 1_500) } });
  const listener = await Listener.open(mina);
  await expect.poll(() => listener.unread, soon).toBe(0);
  await expect.poll(() => listener.isOver, soon).toBe(true);
  expect((await Listener.open(mina)).response.statusCode).toBe(401);
});

test("the sixth browser of a person closes the first, which is told not to come back", async () => {
  const listeners: Listener[] = [];
  for (let number = 0; number < 6; number++) {
    listeners.push(await Listener.open(mina));
    await expect.poll(() => listeners.at(-1)?.unread, soon).toBe(0);
  }
  await expect.poll(() => listeners[0]?.isOver, soon).toBe(true);
  expect(listeners[0]?.all("replaced")).toEqual([null]);
  expect(listeners.slice(1).some(({ isOver }) => isOver)).toBe(false);
});

test("after a break of the database's word each stream is brought up to date, and what ended meanwhile is closed", async () => {
  const [listener, banned] = [await Listener.open(mina), await Listener.open(omar)];
  for (const each of [listener, banned]) await expect.poll(() => each.unread, soon).toBe(0);
  await db.$executeRaw`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'stoa-listen' and datname = current_database()`;
  await reply();
  const postId = await createPost(omar);
  await banDirectly(omar.id);
  await expect.poll(() => listener.unread, soon).toBe(1);
  await expect.poll(() => listener.posts, soon).toContain(postId);
  await expect.poll(() => banned.isOver, soon).toBe(true);
});

test("asking for news is no use of a session: it does not keep one from its idle end", async () => {
  const longAgo = new Date(Date.now() - 7_200_000);
  await db.$executeRaw`update sessions set updated_at = ${longAgo} where user_id = ${mina.id}::uuid`;
  const listener = await Listener.open(mina);
  await expect.poll(() => listener.unread, soon).toBe(0);
  expect(await db.session.findFirst({ where: { userId: mina.id } })).toMatchObject({ updatedAt: longAgo });
});

test("a process that stops lets go of its streams, and is gone soon", async () => {
  const listener = await Listener.open(mina, 1);
  await expect.poll(() => listener.unread, soon).toBe(0);
  await stops.pop()?.();
  expect(listener.isOver).toBe(true);
  expect(listener.all("ended")).toEqual([]);
});
