import { expect, test } from "vitest";
import { createPerson } from "#app/auth/test-people.ts";
import { promoteByOperator } from "#app/moderation/break-glass.server.ts";
import { banDirectly, snapshot } from "#app/moderation/test-bans.ts";
import { sealRegisters } from "#app/register/seals.server.ts";
import { check } from "#app/register/test-registers.ts";
import { db } from "#app/server/database.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";
import { send } from "#app/server/test-request.ts";

async function mailsQueued(): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`select count(*)::int from pgboss.job where name = 'send-mail'`;
  return row?.count ?? 0;
}

test("an operator makes somebody an admin from the next request on; it is in both registers, and the admins are told", async () => {
  const iris = await createPerson({ username: "iris", role: "admin" });
  const mina = await createPerson({ username: "Mina" });
  expect((await send("/admin/users", { cookie: mina.cookie })).status).toBe(404);
  expect(await promoteByOperator("mina")).toEqual({ is: "promoted", from: "member" });
  expect((await send("/admin/users", { cookie: mina.cookie })).status).toBe(200);
  expect(await db.moderationAction.findMany()).toMatchObject([
    {
      kind: "role",
      moderatorId: null,
      moderatorUsername: "operator",
      subjectUserId: mina.id,
      details: { from: "member", to: "admin" },
    },
  ]);
  expect(await db.auditEvent.findFirst({ where: { kind: "role-changed" } })).toMatchObject({
    userId: mina.id,
    actorId: null,
    details: { from: "member", to: "admin", by: "operator" },
  });
  expect(await mailsQueued()).toBe(2);
  await sealRegisters();
  expect((await check("moderation_actions")).problems).toEqual([]);
  const page = await send("/admin/users/Mina", { cookie: iris.cookie });
  expect(page.body).toContain("The server&#x27;s operator");
  expect(page.body).not.toContain("/admin/users/operator");
});

test("nobody is promoted who is banned, who leaves, who is an admin already or whom nobody knows", async () => {
  const banned = await createPerson({ username: "banned" });
  await banDirectly(banned.id);
  const leaving = await createPerson({ username: "leaving" });
  await db.accountDeletion.create({
    data: { userId: leaving.id, dueAt: new Date(), keepContributions: true, face: {} },
  });
  await createPerson({ username: "ines", role: "admin" });
  const before = await snapshot();
  expect(await promoteByOperator("banned")).toEqual({ is: "banned" });
  expect(await promoteByOperator("leaving")).toEqual({ is: "leaving" });
  expect(await promoteByOperator("INES")).toEqual({ is: "admin-already" });
  expect(await promoteByOperator("nobody-here")).toEqual({ is: "unknown" });
  expect(await snapshot()).toEqual(before);
});

test("whatever statement of a promotion fails, nothing has happened", async () => {
  const person = await createPerson({ username: "glass" });
  const before = [await snapshot(), await mailsQueued()];
  let failures = 0;
  for (let failing = 0; ; failing++) {
    let failed = false;
    const beforeStatement = (text: string, index: number) => {
      if (failed || index !== failing || text === "COMMIT") return;
      failed = true;
      throw new Error("the connection broke");
    };
    const scope = { id: "", clientAddress: "", statements: [], beforeStatement };
    const done = await withRequestScope(scope, () => promoteByOperator(person.username).catch(() => null));
    if (done?.is === "promoted") break;
    expect([await snapshot(), await mailsQueued()], scope.statements.join("; ")).toEqual(before);
    failures += 1;
  }
  expect(failures).toBeGreaterThanOrEqual(6);
});
