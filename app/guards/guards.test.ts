import { beforeAll, describe, expect, test } from "vitest";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { type Answers, type Asker, all, askers } from "#app/guards/row.ts";
import { table } from "#app/guards/table.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { takeRankEpoch } from "#app/ranking/epochs.server.ts";
import { db } from "#app/server/database.server.ts";
import { storeFile } from "#app/server/storage.server.ts";
import { send } from "#app/server/test-request.ts";
import { classesOfReadingPage, membersOnlyClasses } from "#app/site/test-styles.ts";

/*
 * Every address of the site, who gets what there, and how many SQL statements a visit may cost. A new route has to
 * be written down here. `mina` is the member who asks and the author of the posts, `bela` another member.
 */

const { routes } = await import("virtual:react-router/server-build");

/** Path patterns of everything that answers by itself, with the id of its route. */
const routeIds = new Map(
  Object.values(routes).flatMap((route) =>
    route && (route.path !== undefined || route.index) && route.id !== "root" ? [[patternOf(route.id), route.id]] : [],
  ),
);

const people = new Map<Asker, Person>();
let banned: Person;

beforeAll(async () => {
  people.set("member", await createPerson({ username: "mina" }));
  people.set("moderator", await createPerson({ username: "omar", role: "moderator" }));
  people.set("admin", await createPerson({ username: "iris", role: "admin" }));
  const { id: belaId } = await createPerson({ username: "bela" });
  const { id: closedId } = await db.moderationCase.create({ data: { userId: belaId, subjectId: belaId } });
  await db.resolution.create({
    data: {
      id: "01a1f833-2695-7726-b2d3-f140121b8ed0",
      case: { connect: { id: closedId } },
      kind: "dismissed",
      reason: "No rule was broken.",
      closes: { connect: { id: closedId } },
    },
  });
  await db.moderationCase.create({
    data: {
      userId: belaId,
      subjectId: belaId,
      reports: { create: { id: "01a1f833-2695-7726-b2d3-f140121b8ece", rule: "spam", snapshot: {} } },
    },
  });
  banned = await createPerson({ username: "rufus" });
  await banDirectly(banned.id);
  const post = { authorId: people.get("member")?.id ?? "", status: "published", publishedAt: new Date() } as const;
  const texts = { title: "A post", body: "Words", bodyHtml: "<p>Words</p>", excerpt: "Words", tags: ["gardening"] };
  await db.post.createMany({ data: [1, 2].map((id) => ({ id, ...post, ...texts })) });
  const comment = { postId: 1, authorId: post.authorId, body: "Words", bodyHtml: "<p>Words</p>" };
  await db.comment.createMany({ data: [1, 2].map((id) => ({ id, ...comment })) });
  await db.tagSynonym.create({ data: { name: "allotments", tag: "gardening" } });
  const asking = [1, 2].map((id) => ({ email: `asks-${id}@example.org`, name: "Somebody", answer: "Words" }));
  await db.joinRequest.createMany({ data: asking });
  const terms = { kind: "terms", version: 1, body: "Be fair.", bodyHtml: "<p>Be fair.</p>", asksAgain: true };
  await db.legalText.create({ data: terms });
  const invite = { id: "01a1f833-2695-7726-b2d3-f140121b8ece", codeHash: "", inviterId: post.authorId, usesLeft: 1 };
  await db.invite.create({ data: { ...invite, expiresAt: new Date(Date.now() + 86_400_000) } });
  await db.reservedName.create({ data: { skeleton: "beans", word: "beans", reason: "x" } });
  await db.blockedDomain.create({ data: { domain: "blocked.example", reason: "x" } });
  await db.blockedNetwork.create({ data: { network: "203.0.113.0/24", reason: "x" } });
  await takeRankEpoch();
  const avatar = { key: "0123456789abcdef", ownerId: post.authorId, kind: "avatar", width: 1, height: 1, bytes: 1 };
  await db.upload.create({ data: avatar });
  await db.user.update({ where: { id: post.authorId }, data: { avatar: avatar.key } });
  await storeFile("0123456789abcdef-96.webp", Buffer.from("a picture"));
});

test("the table has every address of the site, and no other", () => {
  expect(Object.keys(table).sort()).toEqual([...routeIds.keys()].sort());
});

test("to a banned person these are open, and no other address", () => {
  const open = Object.entries(table).filter(([, { banned }]) => banned && banned[0] !== 403);
  expect(open.map(([pattern]) => pattern).sort()).toEqual([
    "confirm",
    "confirm/code",
    "confirm/passkey",
    "confirm/passkey/options",
    "confirm/password",
    "confirm/second-factor",
    "confirm/with/:provider",
    "decisions/:actionId",
    "decisions/:actionId/appeal",
    "healthz",
    "media/:key",
    "settings/data",
    "settings/data/deletion",
    "settings/data/exports",
    "settings/data/exports/:exportId",
    "sign-out",
    "unsubscribe",
  ]);
});

test("what visitors read without scripts wears nothing that they do not get", async () => {
  const missing = membersOnlyClasses();
  expect(missing.has("user-table")).toBe(true);
  const bare: string[] = [];
  for (const { url } of Object.values(table)) {
    const { body } = await send(url);
    for (const name of classesOfReadingPage(body)) if (missing.has(name)) bare.push(`${url}: ${name}`);
  }
  expect(bare).toEqual([]);
});

describe.each(Object.entries(table))("/%s", (pattern, row) => {
  test("answers a visit as the table says, as a page, as data and by its route alone", async () => {
    for (const [asker, status] of zip(row.get)) {
      expect(await statusOf(row.url, asker), asker).toBe(status);
      expect(await statusOf(dataUrl(row.url), asker), `${asker}, data`).toBe(asData(status));
      const alone = `${dataUrl(row.url, { _routes: routeIds.get(pattern) ?? "" })}`;
      expect(await statusOf(alone, asker), `${asker}, the route alone`).toBe(asData(status));
    }
  });

  test("answers an empty form as the table says, sent to the page and as data", async () => {
    const answers = row.post ?? all(405);
    for (const [asker, status] of zip(answers)) expect(await statusOf(row.url, asker, {}), asker).toBe(status);
    for (const [asker, status] of zip(row.postAgain ?? answers)) {
      expect(await statusOf(dataUrl(row.url), asker, {}), `${asker}, data`).toBe(asData(status));
    }
  });

  test("shows a banned person the ban's page, whatever they do", async () => {
    const [visit, form] = row.banned ?? [403, 403];
    for (const url of [row.url, dataUrl(row.url)]) {
      const asked = async (sent?: object) => send(url, { cookie: await createSession(banned.id), ...sent });
      const [visited, sent] = [await asked(), await asked({ form: {} })];
      const expected = url === row.url ? [visit, form] : [asData(visit), asData(form)];
      expect([visited.status, sent.status], url).toEqual(expected);
      if (visit === 403) expect(visited.statements, "only who asks").toHaveLength(1);
    }
  });

  test("costs a visitor and a member no more statements than the table says", async () => {
    const [visitors, members] = row.statements;
    const visit = await send(row.url);
    expect(visit.statements.length, visit.statements.join("\n")).toBeLessThanOrEqual(visitors);
    const signedIn = await send(row.url, { cookie: people.get("member")?.cookie });
    expect(signedIn.statements.length, signedIn.statements.join("\n")).toBeLessThanOrEqual(members);
  });
});

function zip(answers: Answers): [Asker, number][] {
  return askers.map((asker, index) => [asker, answers[index] ?? 0]);
}

/** With a session of its own each time: signing out ends it. */
async function statusOf(url: string, asker: Asker, form?: Record<string, string>): Promise<number> {
  const person = people.get(asker);
  return (await send(url, { form, cookie: person && (await createSession(person.id)) })).status;
}

/** Where the client asks for a page's data. */
function dataUrl(url: string, search: Record<string, string> = {}): string {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  for (const [name, value] of Object.entries(search)) searchParams.set(name, value);
  const query = searchParams.size > 0 ? `?${searchParams}` : "";
  return `${pathname === "/" ? "/_" : pathname}.data${query}`;
}

/** A redirect as data says where to go, and is no redirect to the fetch that asked for it. */
function asData(status: number): number {
  return status === 301 || status === 302 ? 202 : status;
}

function patternOf(id: string): string {
  const route = routes[id];
  return [route?.parentId && patternOf(route.parentId), route?.path].filter(Boolean).join("/");
}
