import { expect, test } from "vitest";
import { createPerson } from "#app/auth/test-people.ts";
import { removeDueAccounts } from "#app/deletions/removal.server.ts";
import { afterGrace, doctorFinds, findTraces, leaves, leftMark, livedHere, mark } from "#app/deletions/test-leaving.ts";
import { db } from "#app/server/database.server.ts";
import { listStoredFiles } from "#app/server/storage.server.ts";
import { send } from "#app/server/test-request.ts";

test("of somebody who has everything erased no table and no file keeps a trace, and the doctor finds nothing", async () => {
  const iris = await createPerson({ username: "iris", role: "admin" });
  const { person, other, postId } = await livedHere();
  const before = await findTraces([mark, leftMark, person.id]);
  expect(Object.keys(before).length).toBeGreaterThan(25);
  await leaves(person.id, "erase");
  for (const path of [`/u/${person.username}`, `/p/${postId}`]) {
    for (const cookie of [undefined, iris.cookie]) expect((await send(path, { cookie })).status).toBe(404);
  }
  expect(await removeDueAccounts(afterGrace())).toBe(1);
  expect(await removeDueAccounts(afterGrace())).toBe(0);

  // What others wrote stays as they wrote it: also the name in it.
  const answers = await db.comment.findMany({ where: { authorId: other.id }, orderBy: { id: "asc" } });
  expect(answers.map(({ body, bodyHtml }) => [body, bodyHtml])).toEqual([
    [`@${person.username} an answer`, `<p dir="auto">@${person.username} an answer</p>`],
    ["What I think", '<p dir="auto">What I think</p>'],
  ]);
  expect(await findTraces([mark, leftMark])).toEqual({ "public.comments": 1 });
  // The registers say that somebody did something, and the empty places whose they are, by a number that names nobody.
  expect(Object.keys(await findTraces([person.id])).sort()).toEqual([
    // whom the nameless one brought, and by which invite
    "public.arrivals",
    "public.audit_events",
    "public.comments",
    "public.invites",
    "public.moderation_actions",
    "public.moderation_cases",
    "public.posts",
    "public.user_counts",
    "public.users",
  ]);
  const left: string[] = [];
  for await (const { key } of listStoredFiles()) left.push(key);
  expect(left).toEqual([]);
  expect(await db.user.findUnique({ where: { id: person.id } })).toMatchObject({
    name: "Deleted user",
    bio: "",
    postCount: 0,
    username: expect.stringMatching(/^~[0-9a-f]{12}$/),
    email: expect.stringMatching(/@deleted\.invalid$/),
  });
  expect(await doctorFinds()).toEqual([]);
});
