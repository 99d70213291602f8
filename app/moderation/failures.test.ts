import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { liftExpiredBans } from "#app/moderation/bans.server.ts";
import { banDirectly, snapshot } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";
import { send } from "#app/server/test-request.ts";

let admin: Person;

beforeAll(async () => {
  admin = await createPerson({ username: "iris", role: "admin" });
});

const reason = "For the record";
const acts: { act: string; form: Record<string, string>; before?: "banned" | "undoable" }[] = [
  { act: "ban", form: { duration: "7d", content: "hidden", reason } },
  { act: "unban", form: { reason }, before: "banned" },
  { act: "role", form: { role: "moderator", reason } },
  { act: "sessions", form: { reason } },
  { act: "warning", form: { reason } },
  { act: "silence", form: { duration: "7d", reason } },
  { act: "username", form: { username: "named-otherwise", reason } },
  { act: "profile", form: { reason } },
  { act: "removal", form: { reason } },
  { act: "lock", form: { reason } },
  { act: "undo", form: { reason }, before: "undoable" },
];

/** Where an act is done to the person, or to a post of theirs. */
async function addressOf(act: string, person: Person): Promise<string> {
  if (act === "removal" || act === "lock") {
    const { id } = await db.post.findFirstOrThrow({ where: { authorId: person.id } });
    return `/p/${id}/${act}`;
  }
  if (act !== "undo") return `/admin/users/${person.username}/${act}`;
  const { id } = await db.moderationAction.findFirstOrThrow({ where: { subjectUserId: person.id } });
  return `/moderation/log/${id}/undo`;
}

test.each(acts)("whatever statement of $act fails, nothing has happened", async ({ act, form, before: prepared }) => {
  const person = await createPerson({ username: `fails-${act}` });
  await publish(person);
  if (prepared) await banDirectly(person.id);
  const address = await addressOf(act, person);
  const before = await snapshot();
  let failures = 0;
  for (let failing = 1; ; failing++) {
    const answer = await send(address, {
      cookie: admin.cookie,
      form,
      beforeStatement: failAt(failing),
    });
    if (answer.status === 302) break;
    expect(answer.status).toBe(500);
    expect(await snapshot(), `after failing at: ${answer.statements.join("; ")}`).toEqual(before);
    failures += 1;
  }
  // BEGIN, the two people, at least one change, its line in the log
  expect(failures).toBeGreaterThanOrEqual(4);
  expect(await snapshot()).not.toEqual(before);
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

async function publish({ id: authorId }: Person): Promise<void> {
  const text = { title: "A post", body: "Words", bodyHtml: "<p>Words</p>", excerpt: "Words" };
  await db.post.create({ data: { authorId, ...text, status: "published", publishedAt: new Date() } });
}

/** Fails at the statement of that number, and lets the roll-back through that follows. */
function failAt(failing: number) {
  let failed = false;
  return (text: string, index: number) => {
    if (failed || index !== failing || text === "COMMIT") return;
    failed = true;
    throw new Error("the connection broke");
  };
}
