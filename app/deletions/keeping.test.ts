import { expect, test } from "vitest";
import { createPerson } from "#app/auth/test-people.ts";
import { removeDueAccounts } from "#app/deletions/removal.server.ts";
import { afterGrace, doctorFinds, findTraces, leaves, leftMark, livedHere, mark } from "#app/deletions/test-leaving.ts";
import { postPath } from "#app/posts/post.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

test("what somebody leaves behind stands without their name, and nothing else of them is left", async () => {
  await createPerson({ username: "iris", role: "admin" });
  const { person, other, postId, answeredId } = await livedHere();
  const byline = () => send(postPath({ id: postId, title: `${leftMark}title` }));
  expect((await byline()).body).toContain(`@${person.username}`);
  await leaves(person.id, "keep");
  const shown = await byline();
  expect(shown.status).toBe(200);
  expect(shown.body).toContain("Deleted user");
  expect(shown.body).not.toContain(`/avatars/${person.id}`);
  expect(shown.body).not.toMatch(new RegExp(`${mark}|/u/~|@~`));
  for (const path of [
    "/",
    "/feed.xml",
    "/feed.json",
    `/t/${leftMark}tag`,
    "/hot",
    `/p/${postId}/history`,
    `/search?q=${leftMark}`,
  ]) {
    const page = await send(path, { cookie: other.cookie });
    expect([path, page.status]).toEqual([path, 200]);
    expect(page.body).not.toMatch(new RegExp(`${mark}|/u/~|@~`));
  }
  for (const path of ["", "/comments", "/followers", "/feed.xml"]) {
    expect((await send(`/u/${person.username}${path}`)).status).toBe(404);
  }
  const suggested = await send("/mentions/suggestions?q=deleted", { cookie: other.cookie });
  expect(suggested.body).not.toContain("Deleted");

  expect(await removeDueAccounts(afterGrace())).toBe(1);
  expect(await removeDueAccounts(afterGrace())).toBe(0);
  expect((await byline()).body).toContain(leftMark);
  expect(await db.comment.findUnique({ where: { id: answeredId } })).toMatchObject({ deletedAt: null });
  // In the words of somebody else, who typed the name.
  expect(await findTraces([mark])).toEqual({ "public.comments": 1 });
  expect(Object.keys(await findTraces([leftMark])).sort()).toEqual([
    "public.comment_versions",
    "public.comments",
    "public.post_search",
    "public.post_tags",
    "public.post_versions",
    "public.posts",
    "public.reports",
    "public.search_vocabulary",
    "public.tags",
  ]);
  expect(await doctorFinds()).toEqual([]);
});

test("nobody gets the username for a while, or one that looks like it, and nothing says which it was", async () => {
  const taken = await send(`/join/username-available?username=${mark}-name`);
  expect(taken.body).toContain("taken");
  await expect(createPerson({ username: `${mark}-narne` })).rejects.toThrow();
  await db.releasedUsername.updateMany({ data: { heldUntil: new Date(Date.now() - 1) } });
  await createPerson({ username: `${mark}-name` });
});
