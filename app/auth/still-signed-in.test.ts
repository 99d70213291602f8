import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { untilSomebodyWaits } from "#app/auth/test-faults.ts";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";
import { send, siteUrl } from "#app/server/test-request.ts";
import { fileOf, picture } from "#app/uploads/test-pictures.ts";

const reason = "Adverts";
let iris: Person;
let postOfIris: number;
let image: File;

beforeAll(async () => {
  iris = await createPerson({ username: "iris", role: "admin" });
  postOfIris = await createPost(iris.id);
  image = fileOf(await picture(40, 40).png().toBuffer());
});

beforeEach(async () => {
  await db.rateLimit.deleteMany();
});

interface Write {
  kind: string;
  path: string;
  form: Record<string, string | File>;
}

const text = { title: "Cheap watches", body: "Buy them", tags: "garden", url: "", status: "published" };

const writes = (ownPost: number): Write[] => [
  { kind: "a post", path: "/new", form: { ...text, submissionKey: randomUUID() } },
  { kind: "an edit", path: `/p/${ownPost}/edit`, form: { ...text, version: "1" } },
  { kind: "a deletion", path: `/p/${ownPost}/delete`, form: {} },
  { kind: "a comment", path: `/p/${postOfIris}/comments`, form: { body: "Watches" } },
  { kind: "a reaction", path: `/p/${postOfIris}/reaction`, form: { on: "true" } },
  { kind: "a picture", path: "/images", form: { image } },
  { kind: "a profile", path: "/settings/profile", form: { name: "Watches", bio: "", website: "" } },
  { kind: "an act on somebody", path: "/admin/users/bystander/ban", form: { duration: "7d", reason } },
];
const kinds = writes(0).map(({ kind }) => kind);
/** A deletion asks for no field, and so does not wait for its body. */
const kindsThatRead = kinds.filter((kind) => kind !== "a deletion");

/** What happens to the writer while their request is under way, and what it is answered then. */
const events = {
  "a ban": { happens: (writer: Person) => actOn(writer, "ban", { duration: "7d", reason }), status: 403 },
  "the end of all sessions": { happens: (writer: Person) => actOn(writer, "sessions", { reason }), status: 401 },
  "signing out": { happens: (writer: Person) => send("/sign-out", { form: {}, cookie: writer.cookie }), status: 401 },
} as const;

let writers = 0;

/** A moderator, so that they may do all of it, with a post of their own and somebody to act on. */
async function prepare(kind: string): Promise<{ writer: Person; write: Write }> {
  writers += 1;
  const writer = await createPerson({ username: `writer-${writers}`, role: "moderator" });
  await db.user.deleteMany({ where: { usernameKey: "bystander" } });
  await createPerson({ username: "bystander" });
  const write = writes(await createPost(writer.id)).find((each) => each.kind === kind);
  if (!write) throw new Error(`No write is called ${kind}`);
  return { writer, write };
}

describe.each(Object.keys(events) as (keyof typeof events)[])(
  "%s between the head of a request and its end",
  (event) => {
    test.each(kindsThatRead)("stops %s", async (kind) => {
      const { writer, write } = await prepare(kind);
      const before = await contentOf(writer);
      const request = sendInTwoParts(write, writer.cookie);
      await request.viewerIsKnown();
      expect((await events[event].happens(writer)).status).toBe(302);
      request.sendRest();
      const answer = await request.answer;
      expect(answer.status).toBe(events[event].status);
      if (event === "a ban") expect(await answer.text()).toContain(reason);
      expect(await contentOf(writer)).toEqual(before);
    });
  },
);

test.each(kindsThatRead)("a request whose body comes late writes %s where nothing has happened", async (kind) => {
  const { writer, write } = await prepare(kind);
  const before = await contentOf(writer);
  const request = sendInTwoParts(write, writer.cookie);
  await request.viewerIsKnown();
  await createSession(writer.id);
  request.sendRest();
  expect((await request.answer).status).toBeLessThan(400);
  expect(await contentOf(writer)).not.toEqual(before);
});

/** Written by somebody who holds the person's row, as every act on a person does. */
const whileHeld = {
  "a ban": async (tx: Transaction, { id: userId }: Person) => {
    const { id } = await tx.ban.create({ data: { userId, moderatorId: iris.id, reason } });
    await tx.user.update({ where: { id: userId }, data: { banned: true, banId: id } });
    await tx.session.updateMany({ where: { userId }, data: { banId: id } });
  },
  "the end of all sessions": (tx: Transaction, { id: userId }: Person) => tx.session.deleteMany({ where: { userId } }),
};

describe.each(Object.keys(whileHeld) as (keyof typeof whileHeld)[])("%s at the very moment", (event) => {
  test.each(kinds)("of %s comes first, and stops it", async (kind) => {
    const { writer, write } = await prepare(kind);
    const before = await contentOf(writer);
    let answer: ReturnType<typeof send> | undefined;
    await inTransaction(async (tx) => {
      await tx.$queryRaw`select 1 from users where id = ${writer.id}::uuid for no key update`;
      answer = send(write.path, { cookie: writer.cookie, form: write.form });
      await untilSomebodyWaits();
      await whileHeld[event](tx, writer);
    });
    expect((await answer)?.status).toBe(events[event].status);
    expect(await contentOf(writer)).toEqual(before);
  });
});

test("one person's writes at once do not wait for each other in a circle", async () => {
  const { writer } = await prepare("a post");
  const all = [1, 2, 3, 4].flatMap(() =>
    writes(postOfIris).filter(({ kind }) => /post|comment|reaction|profile/.test(kind)),
  );
  const answers = await Promise.all(all.map(({ path, form }) => send(path, { cookie: writer.cookie, form })));
  expect(answers.map(({ status }) => status)).toEqual(
    all.map(() => expect.toSatisfy((status) => status < 300 || status === 302)),
  );
});

function actOn(person: Person, act: string, form: Record<string, string>) {
  return send(`/admin/users/${person.username}/${act}`, { cookie: iris.cookie, form });
}

async function createPost(authorId: string): Promise<number> {
  const words = {
    title: "Rain",
    body: "It rained",
    bodyHtml: "<p>It rained</p>",
    excerpt: "It rained",
    tags: ["garden"],
  };
  const data = { ...words, authorId, status: "published", publishedAt: new Date() } as const;
  return (await db.post.create({ data, select: { id: true } })).id;
}

/** Everything that a write of theirs could change. */
async function contentOf({ id: authorId }: Person): Promise<unknown> {
  const mine = { where: { authorId }, orderBy: { id: "asc" } } as const;
  return {
    posts: await db.post.findMany(mine),
    comments: await db.comment.findMany(mine),
    reactions: await db.reaction.count({ where: { userId: authorId } }),
    uploads: await db.upload.count({ where: { ownerId: authorId } }),
    profile: await db.user.findUniqueOrThrow({ where: { id: authorId }, select: { name: true, bio: true } }),
    bans: await db.ban.count({ where: { moderatorId: authorId } }),
  };
}

/** A request whose head and first byte are there, and whose rest waits. */
function sendInTwoParts({ path, form }: Write, cookie: string) {
  const body = new FormData();
  for (const [name, value] of Object.entries(form)) body.append(name, value);
  const whole = new Response(body);
  const rest = Promise.withResolvers<void>();
  const stream = new ReadableStream<Uint8Array>({
    async start(controller) {
      const bytes = await whole.bytes();
      controller.enqueue(bytes.slice(0, 1));
      await rest.promise;
      controller.enqueue(bytes.slice(1));
      controller.close();
    },
  });
  const headers = { Cookie: cookie, Origin: siteUrl, "Content-Type": whole.headers.get("Content-Type") ?? "" };
  const scope = { id: randomUUID(), clientAddress: "192.0.2.1", statements: [] as string[] };
  const answer = withRequestScope(scope, async () => {
    const build = (await import("virtual:react-router/server-build")) as ServerBuild;
    // What Node asks for where a body is a stream; the DOM's types leave it out.
    const init = { method: "POST", headers, body: stream, duplex: "half" };
    return createRequestHandler(build, "production")(new Request(siteUrl + path, init), new RouterContextProvider());
  });
  return {
    answer,
    sendRest: rest.resolve,
    viewerIsKnown: async () => {
      while (scope.statements.length === 0) await pause(1);
      // Its answer is back when another connection has been there and back a few times more.
      for (let n = 0; n < 5; n += 1) await db.user.count();
    },
  };
}
