import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { createComment, createPost, happens } from "#app/notifications/test-notifications.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;
let omar: Person;
let postId: number;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina" });
  omar = await createPerson({ username: "omar", name: "Omar" });
  postId = await createPost(mina);
});

async function oneMore(): Promise<string> {
  const commentId = await createComment(omar, postId);
  await happens({ kind: "reply", userId: mina.id, actorId: omar.id, commentId });
  return (await db.notification.findFirstOrThrow({ where: { commentId } })).id;
}

const unread = () => db.notification.count({ where: { userId: mina.id, readAt: null } });
const markRead = (id: string, person = mina, headers?: Record<string, string>) =>
  send(`/notifications/${id}/read`, { cookie: person.cookie, form: {}, headers });

test("Mina marks one as read: by its button, by the script, and again without harm", async () => {
  const id = await oneMore();
  const byButton = await markRead(id, mina, { Accept: "text/html" });
  expect([byButton.status, byButton.headers.get("Location")]).toEqual([302, "/notifications"]);
  expect(await unread()).toBe(0);
  const byScript = await markRead(id);
  expect(JSON.parse(byScript.body)).toEqual({ read: true });
});

test("nobody marks what is somebody else's, or what is no notification", async () => {
  const id = await oneMore();
  expect((await markRead(id, omar)).status).toBe(404);
  for (const other of ["x", "1", "01a1f833-2695-7726-b2d3-f140121b8ece", `${id}x`, "%00"]) {
    expect((await markRead(other)).status, other).toBe(404);
  }
  expect((await send(`/notifications/${id}/read`, { cookie: mina.cookie })).status).toBe(405);
  expect((await send(`/notifications/${id}/read`, { form: {} })).status).toBe(401);
  expect(await unread()).toBe(1);
});

test("marking all leaves what came after the page was made", async () => {
  await oneMore();
  const { body } = await send("/notifications", { cookie: mina.cookie });
  const until = /name="until" value="([^"]+)"/.exec(body)?.[1] ?? "";
  await new Promise((resolve) => setTimeout(resolve, 5));
  await oneMore();
  const answer = await send("/notifications/read", { cookie: mina.cookie, form: { until } });
  expect(answer.headers.get("Location")).toBe("/notifications");
  expect(await unread()).toBe(1);
});

test.each(["", "yesterday", "2026-13-01T00:00:00Z", "9".repeat(400), "2026-11-20"])(
  "marking all asks until when: %s",
  async (until) => {
    const before = await unread();
    const answer = await send("/notifications/read", { cookie: mina.cookie, form: { until } });
    expect(answer.status).toBe(400);
    expect(await unread()).toBe(before);
  },
);

test("a visit of the list marks nothing", async () => {
  const before = await unread();
  await send("/notifications", { cookie: mina.cookie });
  await send("/notifications.data", { cookie: mina.cookie });
  expect(await unread()).toBe(before);
});

test.each(["?after=x", "?after=1-2", "?after=zzzzzzzzz-01a1f833-2695-7726-b2d3-f140121b8ece", "?after=", "?after=0-x"])(
  "an odd cursor is the first page: %s",
  async (query) => {
    expect((await send(`/notifications${query}`, { cookie: mina.cookie })).status).toBe(200);
  },
);

test("whatever statement of marking fails, nothing is marked by half", async () => {
  const id = await oneMore();
  const before = await unread();
  for (let failing = 1; ; failing++) {
    let failed = false;
    const answer = await send(`/notifications/${id}/read`, {
      cookie: mina.cookie,
      form: {},
      beforeStatement: (text, index) => {
        if (failed || index !== failing || text === "COMMIT") return;
        failed = true;
        throw new Error("the connection broke");
      },
    });
    if (answer.status === 200) break;
    expect(await unread()).toBe(before);
  }
  expect(await unread()).toBe(before - 1);
});
