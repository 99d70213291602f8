import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { sealRegisters } from "#app/register/seals.server.ts";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { deleteStoredFile, storeFile } from "#app/server/storage.server.ts";
import { filesOf } from "#app/uploads/upload.ts";
import type { Check, Patient, Query } from "./check.ts";
import { counters, recount } from "./counters.ts";
import { describe, examine, isWell, lookAt, withDatabase } from "./examine.ts";
import { fileChecks } from "./files.ts";
import { peopleChecks } from "./people.ts";
import { registerChecks } from "./registers.ts";
import { systemChecks } from "./system.ts";
import { checks } from "./test-doctor.ts";

const avatar = { key: "0123456789abcdef0123456789abcdef", kind: "avatar" };

let mina: Person;
let patient: Omit<Patient, "query">;

beforeAll(async () => {
  patient = { settings: settings(), settingsProblems: [], keptHashes: [] };
  await createPerson({ username: "iris", role: "admin" });
  mina = await createPerson({ username: "mina" });
  const omar = await createPerson({ username: "omar" });
  await banDirectly((await createPerson({ username: "banned" })).id);
  const post = { title: "A post", body: "Text", bodyHtml: "<p>Text</p>", excerpt: "Text", publishedAt: new Date() };
  await db.post.create({ data: { ...post, authorId: mina.id, status: "published", tags: ["rain", "tea"] } });
  const comment = { postId: 1, authorId: omar.id, body: "Yes", bodyHtml: "<p>Yes</p>" };
  await db.comment.create({ data: comment });
  await db.comment.create({ data: { ...comment, parentId: 1 } });
  await db.reaction.create({ data: { postId: 1, userId: omar.id } });
  await db.commentReaction.create({ data: { commentId: 1, userId: mina.id } });
  await db.follow.create({ data: { followerId: omar.id, followeeId: mina.id } });
  const actors = { create: { actorId: omar.id } };
  await db.notification.create({ data: { userId: mina.id, kind: "reply", commentId: 1, actors } });
  for (const file of filesOf(avatar)) await storeFile(file, Buffer.from("picture"));
  await db.upload.create({ data: { ...avatar, ownerId: mina.id, width: 320, height: 320, bytes: 7 } });
  await db.user.update({ where: { id: mina.id }, data: { avatar: avatar.key } });
  const reported = { userId: mina.id, subjectId: mina.id, weight: 1, reportCount: 1 };
  const reports = { create: { reporterId: omar.id, rule: "spam", snapshot: {} } };
  const { id: caseId } = await db.moderationCase.create({ data: { ...reported, reports } });
  const { id: resolutionId } = await db.resolution.create({ data: { caseId, kind: "dismissed", reason: "No rule" } });
  await db.moderationCase.update({ where: { id: caseId }, data: { resolutionId } });
  await db.reporterRecord.create({ data: { userId: omar.id, dismissed: 1 } });
  for (let n = 0; n < 3; n++) await recordEvent(db, "signed-in", { userId: mina.id, ipAddress: `203.0.113.${n}` });
  await sealRegisters("all");
});

test("of a site that is well the doctor says so, a line each", async () => {
  const lines: string[] = [];
  const results = await examine(settings().databaseUrl, checks, patient, (result) => lines.push(describe(result)));
  expect(results.filter((result) => !isWell(result)).map(describe)).toEqual([]);
  expect(lines).toHaveLength(checks.length);
  expect(lines.every((line) => line.startsWith("✓ ") && !line.includes("\n"))).toBe(true);
  expect(new Set(checks.map(({ id }) => id)).size).toBe(checks.length);
});

const ofMina = "where username = 'mina'";
const nobody = "0190a2b4-0000-7000-8000-000000000009";
const job = (state: string, ago: string) =>
  `insert into pgboss.job (name, state, created_on) values ('send-mail', '${state}', now() - interval '${ago}')`;

/** What goes wrong, and the lines that say so. */
const ills: [id: string, statement: string, also?: string[]][] = [
  ["migrations", "update _prisma_migrations set checksum = 'x' where migration_name like '%foundation'"],
  ["migrations", "delete from _prisma_migrations where migration_name like '%foundation'"],
  ["migrations", "update _prisma_migrations set finished_at = null where migration_name like '%foundation'"],
  ["migrations", "update _prisma_migrations set migration_name = '2099_later' where migration_name like '%foundation'"],
  ["guards", "alter table audit_events disable trigger audit_events_append_only"],
  ["guards", "drop trigger moderation_actions_erasing on moderation_actions"],
  ["guards", "alter table comments disable trigger all"],
  ["guards", "alter table tags add constraint tags_odd check (name <> 'odd') not valid"],
  ["indexes", "update pg_index set indisvalid = false where indexrelid = 'posts_feed'::regclass"],
  ["failed-jobs", job("failed", "1 minute")],
  ["waiting-jobs", job("created", "16 minutes")],
  ["usernames", `update users set username_skeleton = 'other' ${ofMina}`],
  ["primary-addresses", `delete from email_addresses where user_id = (select id from users ${ofMina})`],
  ["primary-addresses", `update users set email_verified = false ${ofMina}`],
  ["primary-addresses", `update users set email = 'other@example.org' ${ofMina}`],
  [
    "ways-in",
    `with a as (delete from accounts where user_id = (select id from users ${ofMina}))
     update email_addresses set verified_at = null where user_id = (select id from users ${ofMina})`,
    ["primary-addresses"],
  ],
  [
    "held-usernames",
    `insert into held_usernames (id, user_id, username_key, skeleton, held_until)
     select gen_random_uuid(), id, 'mina', 'mlna', now() + interval '1 day' from users where username = 'omar'`,
  ],
  ["bans", "update users set banned = false where banned"],
  ["bans", "update bans set lifted_at = now()"],
  ["bans", "update users set banned = false, ban_id = null where banned", ["acts"]],
  [
    "bans",
    `update users set banned = false, ban_id = null where banned;
     update users set ban_id = (select id from bans), banned = true ${ofMina}`,
    ["banned-sessions", "acts"],
  ],
  ["acts", "update users set silenced_until = now() where false; update act_effects set after = null"],
  ["removals", "update comments set removed_at = now() where id = 2", ["post-comments", "user-counts"]],
  ["cases", "update resolutions set undone_at = now(), undone_reason = 'Wrong'"],
  ["cases", "update moderation_cases set resolution_id = null"],
  ["reporters", "update reporter_records set dismissed = 0"],
  ["reporters", "delete from reporter_records"],
  ["case-weights", "update moderation_cases set weight = 2"],
  ["case-weights", "update moderation_cases set report_count = 2"],
  ["logged-acts", `update act_effects set action_id = '${nobody}'`],
  [
    "bulk-acts",
    `insert into bulk_acts (id, action_id, aspect, subjects, updated_at)
     values ('${nobody}', '${nobody}', 'post.removed', '{1}', now() - interval '61 minutes')`,
  ],
  ["banned-sessions", "update sessions set ban_id = null where ban_id is not null"],
  ["expired-bans", "update bans set expires_at = now() - interval '11 minutes'"],
  [
    "deletions",
    `insert into account_deletions (user_id, due_at, keep_contributions, face)
     select id, now() - interval '3 days', true, '{}' from users ${ofMina}`,
    ["leaving"],
  ],
  [
    "leaving",
    `update users set username = '~3333', username_key = '~3333', username_skeleton = '~3333' ${ofMina}`.replaceAll(
      "3333",
      "333333333333",
    ),
  ],
  [
    "exports",
    `insert into data_exports (id, user_id, finished_at, expires_at, file_key)
     select '${nobody}', id, now() - interval '2 days', now() - interval '1 day', 'gone-export.zip' from users ${ofMina}`,
  ],
  [
    "exports",
    `insert into data_exports (id, user_id, created_at) select '${nobody}', id, now() - interval '1 day' from users ${ofMina}`,
  ],
  ["admins", "update users set role = 'moderator' where role = 'admin'"],
  ["foreign-keys", `update comments set author_id = '${nobody}' where id = 2`, ["user-counts"]],
  ["foreign-keys", "delete from sessions; update accounts set user_id = gen_random_uuid()"],
  ["foreign-keys", "update post_tags set post_id = 99 where tag = 'tea'", ["post-tags"]],
  ["replies", "update comments set post_id = 99 where id = 2", ["foreign-keys", "post-comments"]],
  ["notification-actors", "delete from notification_actors"],
  ["notified-acts", `update notifications set action_id = '${nobody}', kind = 'moderation'`],
  ["avatars", "update users set avatar = 'another-picture' where avatar is not null"],
  ["avatars", "update uploads set owner_id = (select id from users where username = 'omar')"],
  ["post-comments", "update posts set comment_count = 7"],
  ["post-reactions", "update posts set reaction_count = 7"],
  ["comment-reactions", "update comments set reaction_count = 7 where id = 2"],
  ["user-posts", `update users set post_count = 7 ${ofMina}`],
  ["user-counts", "update user_counts set follower_count = 7"],
  ["user-counts", "delete from user_counts"],
  ["post-tags", "delete from post_tags where tag = 'tea'", ["tags"]],
  ["post-tags", "update posts set deleted_at = now()", ["user-posts"]],
  ["tags", "update tags set post_count = 7 where name = 'tea'"],
  ["tags", "delete from tags where name = 'tea'"],
  ["files-of-uploads", "update uploads set key = key || 'f'", ["avatars"]],
  ["register-audit-events", "update audit_events set kind = 'joined'"],
  ["register-audit-events", "delete from audit_events where ip_address = '203.0.113.1'"],
  ["register-moderation-actions", "update moderation_actions set reason = 'other'"],
];

test.each(ills)("the doctor finds what is wrong with %s: %s", async (id, statement, also = []) => {
  const ill = await inBrokenSite(statement, async (query) => {
    const results = [];
    for (const check of checks) results.push(await lookAt(check, { ...patient, query }));
    return results.filter((result) => !isWell(result));
  });
  expect(ill.map(({ check }) => check.id).sort()).toEqual([id, ...also].sort());
  const said = ill.map(describe).join("\n");
  expect(
    ill.every(({ failure }) => failure === null),
    said,
  ).toBe(true);
  expect(said).toMatch(/^✗ .+ \d+ wrong( of [\d,]+)?\n {4}\S.*\n(.*\n)* {4}→ /);
});

/** Nobody else sees the broken site, and it is gone afterwards. */
function inBrokenSite<T>(statement: string, work: (query: Query) => Promise<T>): Promise<T> {
  return withDatabase(settings().databaseUrl, async (query) => {
    await query("begin");
    await query("set local session_replication_role = replica");
    await query(statement);
    await query("set local session_replication_role = origin");
    const result = await work(query);
    await query("rollback");
    return result;
  });
}

test.each(counters.map((counter) => [counter.check.id, counter] as const))(
  "the doctor counts %s anew",
  async (id, counter) => {
    const broken = ills.filter(([ill, , also]) => ill === id && !also);
    const url = settings().databaseUrl;
    await withDatabase(url, async (query) => {
      await query("set session_replication_role = replica");
      for (const [, statement] of broken) await query(statement);
      if (id === "post-tags") await query("delete from post_tags where tag = 'tea'");
    });
    expect((await examine(url, [counter.check], patient)).every(isWell)).toBe(false);
    const changed = await withDatabase(url, (query) => recount(query, counter));
    expect(changed).toBeGreaterThan(0);
    expect((await examine(url, checks, patient)).filter((each) => !isWell(each)).map(describe)).toEqual([]);
  },
);

test("while people react, counting anew loses nothing", async () => {
  const readers = await Promise.all(Array.from({ length: 12 }, (_, n) => createPerson({ username: `reader-${n}` })));
  const url = settings().databaseUrl;
  const [counter] = counters.filter(({ check }) => check.id === "post-reactions");
  if (!counter) throw new Error("no such counter");
  const reacting = Promise.all(readers.map(({ id }) => db.reaction.create({ data: { postId: 1, userId: id } })));
  for (let n = 0; n < 5; n++) {
    await withDatabase(url, async (query) => {
      await query("update posts set reaction_count = reaction_count + 100 where id = 1");
      await recount(query, counter);
    });
  }
  await reacting;
  await withDatabase(url, (query) => recount(query, counter));
  expect((await db.post.findUniqueOrThrow({ where: { id: 1 } })).reactionCount).toBe(13);
});

test("a picture whose file is missing is named, and so is a file that has been left", async () => {
  const [file = ""] = filesOf(avatar);
  await deleteStoredFile(file);
  const url = settings().databaseUrl;
  const [missing] = await examine(url, fileChecks, patient);
  expect(missing?.finding).toMatchObject({ broken: 1, first: [file] });
  await storeFile(file, Buffer.from("picture"));
  await storeFile("ffffffffffffffffffffffffffffffff-96.webp", Buffer.from("left"));
  expect((await examine(url, fileChecks, patient)).every(isWell)).toBe(true);
});

test("what cannot be looked at is said, and the rest is looked at all the same", async () => {
  const broken: Check = {
    id: "odd",
    says: "Odd",
    advice: "",
    async look({ query }) {
      await query("select 1/0");
      return { of: 1, broken: 0, first: [] };
    },
  };
  const results = await examine(settings().databaseUrl, [broken, ...peopleChecks], patient);
  expect(results.map(isWell)).toEqual([false, ...peopleChecks.map(() => true)]);
  expect(results.map(describe)[0]).toContain("could not be looked at: division by zero");
});

test("wrong settings are a line each, and a hash that was kept is looked for", async () => {
  const [head] = await db.registerHead.findMany({ where: { register: "audit_events" } });
  const known = { ...patient, keptHashes: [head?.hash ?? ""] };
  expect((await examine(settings().databaseUrl, registerChecks, known)).every(isWell)).toBe(true);
  const odd = { settings: null, settingsProblems: ["AUTH_SECRET is missing"], keptHashes: ["0".repeat(64)] };
  const ill = (await examine(settings().databaseUrl, [...systemChecks, ...registerChecks], odd)).filter(
    (each) => !isWell(each),
  );
  expect(ill.map(({ check, finding }) => [check.id, finding.first])).toEqual([
    ["settings", ["AUTH_SECRET is missing"]],
    ["kept-hashes", ["0".repeat(64)]],
  ]);
});
