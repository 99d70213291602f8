import { beforeEach, describe, expect, test } from "vitest";
import { startTerminating } from "#app/admin/bulk/test-terminating.ts";
import { untilDatabaseAnswers } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { continueBulk } from "#app/moderation/bulk.server.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let people = 0;
let iris: Person;
let omar: Person;
let mina: Person;

beforeEach(async () => {
  people += 1;
  const letter = "abcdefghjkmnpqrtuvwxyz"[people];
  iris = await createPerson({ username: `iris${letter}`, role: "admin" });
  omar = await createPerson({ username: `omar${letter}`, role: "moderator" });
  mina = await createPerson({ username: `mina${letter}` });
});

/** As the counters know them; two in a hundred with comments of others. */
async function write(author: Person, count: number, words = "Words"): Promise<void> {
  await db.$executeRaw`
    insert into posts (author_id, status, title, body, body_html, excerpt, tags, published_at, updated_at, submission_key)
    select ${author.id}::uuid, 'published', ${words} || ' ' || n, ${words}, '<p>' || ${words} || '</p>', ${words},
           array['tea'], now() - make_interval(mins => n), now(), gen_random_uuid()
      from generate_series(1, ${count}::int) n`;
}

const seenOn = (body: string) =>
  /name="seen"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="seen"/.exec(body)?.slice(1).find(Boolean) ?? "";

async function remove(by: Person, query: string) {
  const path = `/admin/bulk/posts?${query}`;
  const { body } = await send(path, { cookie: by.cookie });
  const form = { reason: "A flood of adverts", seen: seenOn(body) };
  const answer = await send(path, { cookie: by.cookie, form });
  return { body, form, answer, actionId: answer.headers.get("location")?.split("/").at(-1) ?? "" };
}

/** Everything that the removal of posts may change. */
async function state(): Promise<unknown> {
  return db.$queryRaw`
    select (select md5(string_agg(p.id || coalesce(p.removed_at::text, '') || p.comment_count, ' ' order by p.id)) from posts p) as posts,
           (select md5(string_agg(u.id || ' ' || u.post_count, ' ' order by u.id)) from users u) as users,
           (select md5(string_agg(t::text, ' ' order by name)) from tags t) as tags,
           (select count(*)::int from post_search) as searched`;
}

const shown = () => db.post.count({ where: { authorId: mina.id, removedAt: null } });
const jobOf = (actionId: string) =>
  db.bulkAct.findFirstOrThrow({ where: { actionId }, orderBy: { createdAt: "desc" } });

describe("removing many posts", () => {
  test("shows exactly which, removes them as one act, and undoes it as one", async () => {
    await write(mina, 30);
    const before = await state();
    const { body, answer, actionId } = await remove(omar, `by=${mina.username}`);
    expect(body).toContain("30 posts");
    expect(body).toContain(`By one person: @${mina.username} (30).`);
    expect(answer.status).toBe(302);
    expect([await shown(), (await db.user.findUniqueOrThrow({ where: { id: mina.id } })).postCount]).toEqual([0, 0]);
    expect(await db.moderationAction.count({ where: { kind: "remove-posts", subjectUserId: mina.id } })).toBe(1);
    expect(await db.notification.count({ where: { userId: mina.id, actionId } })).toBe(1);
    const undone = await send(`/moderation/log/${actionId}/undo`, {
      cookie: omar.cookie,
      form: { reason: "It was not one" },
    });
    expect(undone.status).toBe(302);
    expect(await state()).toEqual(before);
  });

  test("by words: of everybody below who has them, and of nobody else; each is told once", async () => {
    const word = `zebra${"abcdefghjkmnpqrtuvwxyz"[people]}`;
    const other = await createPerson({ username: `other${people}xyz` });
    await write(mina, 3, word);
    await write(other, 2, word);
    await write(omar, 1, word);
    await write(iris, 1, word);
    const { body, actionId } = await remove(omar, `q=${word}`);
    expect(body).toContain("5 posts");
    expect(body).toContain("By 2 people");
    expect(await db.post.count({ where: { removedAt: null, title: { startsWith: word } } })).toBe(2);
    expect(await db.notification.count({ where: { actionId } })).toBe(2);
    expect((await remove(iris, `q=${word}`)).body).toContain("One post");
  });

  test("nothing is removed that was not shown", async () => {
    await write(mina, 3);
    const path = `/admin/bulk/posts?by=${mina.username}`;
    const seen = seenOn((await send(path, { cookie: omar.cookie })).body);
    await write(mina, 1);
    const answer = await send(path, { cookie: omar.cookie, form: { reason: "Adverts", seen } });
    expect(answer.status).toBe(409);
    expect(await shown()).toBe(4);
    for (const query of [
      "",
      "?by=",
      "?q=%20",
      "?q=%22",
      "?by=%00&q=-",
      `?by=${omar.username}`,
      `?by=${iris.username}`,
    ]) {
      expect((await send(`/admin/bulk/posts${query}`, { cookie: omar.cookie })).status, query).toBe(200);
      const sent = await send(`/admin/bulk/posts${query}`, { cookie: omar.cookie, form: { reason: "Adverts", seen } });
      expect(sent.status, query).toBe(409);
    }
    expect(await db.moderationAction.count({ where: { moderatorId: omar.id } })).toBe(0);
  });

  test("of very many is a job that shows how far it is, is stopped, goes on, and has one effect however often it is killed", async () => {
    await write(mina, 1_450);
    const before = await state();
    const { answer, actionId } = await remove(omar, `by=${mina.username}`);
    expect(answer.headers.get("location")).toBe(`/admin/bulk/${actionId}`);
    const page = `/admin/bulk/${actionId}`;
    expect((await send(page, { cookie: omar.cookie })).body).toContain("Removing: 0 of 1,450");
    const steer = (stop: string, by = omar) => send(page, { cookie: by.cookie, form: { stop } });
    expect((await steer("true")).status).toBe(302);
    const { id } = await jobOf(actionId);
    await continueBulk(id);
    expect((await jobOf(actionId)).done).toBe(0);
    await steer("false");
    const killed = await killedWhile(() => continueBulk(id));
    expect(killed).toBeGreaterThan(0);
    const whole = await jobOf(actionId);
    expect([whole.done, whole.endedAt !== null, await shown()]).toEqual([1_450, true, 0]);
    expect(await db.actEffect.count({ where: { actionId, aspect: "post.removed" } })).toBe(1_450);
    expect((await send(page, { cookie: iris.cookie })).body).toContain("Removed: 1,450 of 1,450");
    const form = { reason: "It was not one" };
    expect((await send(`/moderation/log/${actionId}/undo`, { cookie: omar.cookie, form })).status).toBe(302);
    await killedWhile(async () => continueBulk((await jobOf(actionId)).id));
    expect(await state()).toEqual(before);
  }, 60_000);

  test("may be undone in its middle: what is done comes back, and the rest is never done", async () => {
    await write(mina, 450);
    const before = await state();
    const { actionId } = await remove(omar, `by=${mina.username}`);
    const form = { reason: "It was not one" };
    expect((await send(`/moderation/log/${actionId}/undo`, { cookie: omar.cookie, form })).status).toBe(302);
    await continueBulk((await jobOf(actionId)).id);
    expect(await state()).toEqual(before);
  });
});

/** Runs what a job does, with the site's connections ended again and again, until it is through. Returns how often it fell. */
async function killedWhile(work: () => Promise<void>): Promise<number> {
  const terminating = startTerminating();
  let falls = 0;
  try {
    for (let through = false; !through; ) {
      const kill = falls < 4 ? terminating.afterMs(20 + falls * 15) : Promise.resolve();
      through = await work().then(
        () => true,
        () => false,
      );
      await kill;
      // It may have come after the last step, and then what follows must not meet its traces.
      await untilDatabaseAnswers();
      if (!through) falls += 1;
    }
  } finally {
    await terminating.stop();
  }
  return falls;
}
