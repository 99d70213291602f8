import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { createPost } from "#app/comments/test-comments.ts";
import { liftExpiredBans } from "#app/moderation/bans.server.ts";
import { continueBulk, stepSize } from "#app/moderation/bulk.server.ts";
import { banDirectly, snapshot } from "#app/moderation/test-bans.ts";
import { post } from "#app/posts/test-posts.ts";
import { caseOf, decide, report } from "#app/reports/test-reports.ts";
import { db } from "#app/server/database.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";
import { failAt, failAtEach, failFrom } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";
import { setGates } from "#app/trust/test-gates.ts";

let admin: Person;

beforeAll(async () => {
  admin = await createPerson({ username: "iris", role: "admin" });
});

/** Something that is done by a form: by the admin to a person who was made for it, where nothing else is said. */
interface Deed {
  address: string;
  form: Record<string, string>;
  by?: Person;
}

const reason = "For the record";
const onPerson =
  (act: string, form: Record<string, string>) =>
  async (person: Person): Promise<Deed> => {
    await createPost(person);
    return { address: `/admin/users/${person.username}/${act}`, form: { reason, ...form } };
  };
const onPost =
  (act: string) =>
  async (author: Person): Promise<Deed> => ({ address: `/p/${await createPost(author)}/${act}`, form: { reason } });

const deeds: Record<string, (person: Person) => Deed | Promise<Deed>> = {
  ban: onPerson("ban", { duration: "7d", content: "hidden" }),
  async unban(person) {
    await banDirectly(person.id);
    return onPerson("unban", {})(person);
  },
  role: onPerson("role", { role: "moderator" }),
  sessions: onPerson("sessions", {}),
  warning: onPerson("warning", {}),
  silence: onPerson("silence", { duration: "7d" }),
  username: onPerson("username", { username: "named-otherwise" }),
  profile: onPerson("profile", {}),
  removal: onPost("removal"),
  lock: onPost("lock"),
  async undo(person) {
    await send(`/admin/users/${person.username}/silence`, {
      cookie: admin.cookie,
      form: { duration: "7d", reason },
    });
    const { id } = await db.moderationAction.findFirstOrThrow({ where: { subjectUserId: person.id } });
    return { address: `/moderation/log/${id}/undo`, form: { reason } };
  },
  async "undoing a dismissal"(person) {
    const path = `/p/${await createPost(person)}`;
    const reporter = await createPerson({ username: "reporter" });
    const reportId = await report(reporter, path);
    await decide(admin, reportId, { decision: "dismissed" });
    // What they have reported since weighs less, until it is undone.
    await report(reporter, `/p/${await createPost(person)}`);
    const { resolutionId } = await caseOf(reportId);
    return { address: `/moderation/resolutions/${resolutionId}/undo`, form: { reason } };
  },
  async impersonation(person) {
    const by = await createPerson({ username: "looks-closely", role: "admin" });
    return { ...(await onPerson("impersonation", {})(person)), by };
  },
  "removing many posts at once": (person) => removalOf(person, 3),
  "removing more posts than at once": (person) => removalOf(person, stepSize + 1),
  async "a first post that waits for a look"(by) {
    await setGates({ heldPosts: 1 });
    return { address: "/new", form: { ...post, body: "Words to @iris", ...formKey() }, by };
  },
  async "a first comment that waits for a look"(by) {
    await setGates({ heldPosts: 1 });
    return { address: `/p/${await createPost(admin)}/comments`, form: { body: "Words to @iris", ...formKey() }, by };
  },
};

test.each(Object.entries(deeds))("whatever statement of %s fails, nothing has happened", async (what, deed) => {
  const person = await createPerson({ username: `fails-${Object.keys(deeds).indexOf(what)}` });
  const { address, form, by = admin } = await deed(person);
  const failures = await failAtEach((beforeStatement) => send(address, { cookie: by.cookie, form, beforeStatement }));
  // BEGIN, the people, at least one change, its line in the log or what else it leaves
  expect(failures).toBeGreaterThanOrEqual(4);
});

test("what a newcomer sends first waits for a look, and nobody is told", async () => {
  const held = [await db.post.count({ where: { heldAt: { not: null } } }), await db.comment.count()];
  expect(held).toEqual([1, 1]);
  expect(await db.comment.count({ where: { heldAt: null } })).toBe(0);
  expect(await db.notification.count({ where: { userId: admin.id, kind: { not: "moderation" } } })).toBe(0);
});

test("whatever statement of the job fails that removes many posts, its steps are whole, and the next try goes on", async () => {
  const person = await createPerson({ username: "flooded" });
  const { address, form } = await removalOf(person, stepSize + 3);
  expect((await send(address, { cookie: admin.cookie, form })).status).toBe(302);
  const { id } = await db.bulkAct.findFirstOrThrow({ orderBy: { createdAt: "desc" } });
  const seen = [0];
  let ended = false;
  for (let failing = 0; !ended; failing++) {
    const scope = { id: "", clientAddress: "", statements: [], beforeStatement: failFrom(failing) };
    ended = await withRequestScope(scope, () => continueBulk(id)).then(
      () => true,
      () => false,
    );
    const { done, actionId, endedAt } = await db.bulkAct.findUniqueOrThrow({ where: { id } });
    const removed = await db.post.count({ where: { authorId: person.id, removedAt: { not: null } } });
    const effects = await db.actEffect.count({ where: { actionId, aspect: "post.removed" } });
    const { postCount } = await db.user.findUniqueOrThrow({ where: { id: person.id } });
    expect([removed, effects, postCount], scope.statements.join("; ")).toEqual([done, done, stepSize + 3 - done]);
    expect(endedAt !== null).toBe(ended);
    if (done === seen.at(-1)) continue;
    seen.push(done);
    // The next step fails at each of its statements, too.
    failing = -1;
  }
  expect(seen).toEqual([0, stepSize, stepSize + 3]);
});

test("whatever statement of lifting an expired ban fails, it is lifted wholly by the next try", async () => {
  const person = await createPerson({ username: "expired" });
  await banDirectly(person.id, { expiresAt: new Date(Date.now() - 1000) });
  const before = await snapshot();
  let failures = 0;
  for (let failing = 0; ; failing++) {
    const scope = { id: "", clientAddress: "", statements: [], beforeStatement: failAt(failing) };
    const lifted = await withRequestScope(scope, () => liftExpiredBans().catch(() => 0));
    if (lifted === 1) break;
    expect(await snapshot(), `after failing at: ${scope.statements.join("; ")}`).toEqual(before);
    failures += 1;
  }
  expect(failures).toBeGreaterThanOrEqual(7);
});

/** The removal of all posts of somebody, as its page shows it. */
async function removalOf(author: Person, count: number): Promise<Deed> {
  await db.$executeRaw`
    insert into posts (author_id, status, title, body, body_html, excerpt, submission_key, published_at, updated_at)
    select ${author.id}::uuid, 'published', 'Post ' || n, 'Words', '<p>Words</p>', 'Words', gen_random_uuid(), now(), now()
      from generate_series(1, ${count}::int) n`;
  const address = `/admin/bulk/posts?by=${author.username}`;
  const { body } = await send(address, { cookie: admin.cookie });
  const seen = /<input[^>]*name="seen"[^>]*>/.exec(body)?.[0].match(/value="([^"]*)"/)?.[1];
  return { address, form: { reason, seen: seen ?? "" } };
}

function formKey(): { submissionKey: string } {
  return { submissionKey: crypto.randomUUID() };
}
