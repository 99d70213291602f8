import { beforeAll, describe, expect, test } from "vitest";
import { createPerson, createSession, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { storeFile } from "#app/server/storage.server.ts";
import { send } from "#app/server/test-request.ts";

/*
 * Every address of the site, who gets what there, and how many SQL statements a visit may cost. A new route has to
 * be written down here. `mina` is the member who asks and the author of the posts, `bela` another member.
 */

const askers = ["visitor", "member", "moderator", "admin"] as const;
type Asker = (typeof askers)[number];
/** The status for a visitor, a member, a moderator and an admin. */
type Answers = [number, number, number, number];

interface Row {
  url: string;
  get: Answers;
  /** of an empty form; 405 for everybody where it is left out */
  post?: Answers;
  /** of the same form sent a second time, as data, where the first one changed something */
  postAgain?: Answers;
  /** at most, for a visitor and for a member */
  statements: [number, number];
  /** of a visit and of a form; the ban's page, 403, where it is left out */
  banned?: [number, number];
}

const all = (status: number): Answers => [status, status, status, status];
const toMembers = (status: number): Answers => [401, status, status, status];
const toVisitors = (status: number): Answers => [status, 302, 302, 302];
const toAuthor = (status: number): Answers => [401, status, 404, 404];
const toModerators = (status: number): Answers => [401, 404, status, status];
const toAdmins = (status: number): Answers => [401, 404, 404, status];

const table: Record<string, Row> = {
  // Reading
  "": { url: "/", get: all(200), statements: [1, 2] },
  "t/:tag": { url: "/t/gardening", get: all(200), statements: [1, 2] },
  "p/:postId/:slug?": { url: "/p/1/a-post", get: all(200), statements: [2, 3] },
  "u/:username": { url: "/u/mina", get: all(200), statements: [2, 3] },
  search: { url: "/search?q=words", get: all(200), statements: [3, 4] },
  "avatars/:seed": { url: "/avatars/01a1f833-2695-7726-b2d3-f140121b8ece.svg", get: all(200), statements: [0, 1] },
  "media/:key": {
    url: "/media/0123456789abcdef-96.webp",
    get: all(200),
    statements: [0, 1],
    banned: [200, 405],
  },

  // Writing
  new: { url: "/new", get: toMembers(200), post: toMembers(400), statements: [0, 1] },
  preview: { url: "/preview", get: toMembers(302), post: toMembers(200), statements: [0, 1] },
  drafts: { url: "/drafts", get: toMembers(200), post: toMembers(405), statements: [0, 2] },
  "p/:postId/edit": { url: "/p/1/edit", get: toAuthor(200), post: toMembers(400), statements: [0, 2] },
  "p/:postId/delete": {
    url: "/p/2/delete",
    get: toAuthor(200),
    post: toAuthor(302),
    postAgain: toMembers(404),
    statements: [0, 2],
  },
  "p/:postId/comments": { url: "/p/1/comments", get: toMembers(302), post: toMembers(400), statements: [0, 1] },
  "p/:postId/reaction": { url: "/p/1/reaction", get: all(405), post: toMembers(400), statements: [0, 1] },
  images: { url: "/images", get: all(405), post: toMembers(400), statements: [0, 1] },

  // Coming in and going out
  join: { url: "/join", get: toVisitors(200), post: toVisitors(400), statements: [0, 1] },
  "join/code": { url: "/join/code", get: toVisitors(200), post: toVisitors(400), statements: [0, 1] },
  "join/profile": { url: "/join/profile", get: all(302), post: all(302), statements: [0, 1] },
  "join/username-available": {
    url: "/join/username-available?username=free-one",
    get: all(200),
    statements: [2, 3],
  },
  "sign-in": { url: "/sign-in", get: toVisitors(200), post: toVisitors(400), statements: [0, 1] },
  "sign-out": { url: "/sign-out", get: all(405), post: all(302), statements: [0, 1], banned: [405, 302] },
  setup: { url: "/setup", get: all(404), post: all(404), statements: [0, 1] },
  "api/auth/*": { url: "/api/auth/get-session", get: all(404), post: all(404), statements: [0, 1] },

  // One's own things
  settings: { url: "/settings", get: toMembers(302), post: toMembers(405), statements: [0, 1] },
  "settings/profile": { url: "/settings/profile", get: toMembers(200), post: toMembers(400), statements: [0, 2] },

  // Keeping the place
  admin: { url: "/admin", get: toModerators(302), post: toModerators(405), statements: [0, 1] },
  "admin/users": { url: "/admin/users", get: toModerators(200), post: toModerators(405), statements: [0, 1] },
  "admin/users/:username": {
    url: "/admin/users/bela",
    get: toModerators(200),
    post: toModerators(405),
    statements: [0, 1],
  },
  "admin/users/:username/ban": {
    url: "/admin/users/bela/ban",
    get: toModerators(200),
    post: toModerators(400),
    statements: [0, 1],
  },
  "admin/users/:username/unban": {
    url: "/admin/users/bela/unban",
    get: toModerators(200),
    post: toModerators(400),
    statements: [0, 1],
  },
  "admin/users/:username/role": {
    url: "/admin/users/bela/role",
    get: toAdmins(200),
    post: toAdmins(400),
    statements: [0, 1],
  },
  "admin/users/:username/sessions": {
    url: "/admin/users/bela/sessions",
    get: toModerators(200),
    post: toModerators(400),
    statements: [0, 1],
  },

  // For machines and operators
  healthz: { url: "/healthz", get: all(200), statements: [0, 1], banned: [200, 405] },
  readyz: { url: "/readyz", get: all(200), statements: [1, 2] },
  "robots.txt": { url: "/robots.txt", get: all(200), statements: [0, 1] },
  "opensearch.xml": { url: "/opensearch.xml", get: all(200), statements: [0, 1] },
  "speculation-rules.json": { url: "/speculation-rules.json", get: all(200), statements: [0, 1] },
  "dev/mail": { url: "/dev/mail", get: all(200), statements: [0, 1] },
  "*": { url: "/nowhere", get: all(404), post: all(404), statements: [0, 1] },
};

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
  await createPerson({ username: "bela" });
  banned = await createPerson({ username: "rufus" });
  await banDirectly(banned.id);
  const post = { authorId: people.get("member")?.id ?? "", status: "published", publishedAt: new Date() } as const;
  const texts = { title: "A post", body: "Words", bodyHtml: "<p>Words</p>", excerpt: "Words", tags: ["gardening"] };
  await db.post.createMany({ data: [1, 2].map((id) => ({ id, ...post, ...texts })) });
  await storeFile("0123456789abcdef-96.webp", Buffer.from("a picture"));
});

test("the table has every address of the site, and no other", () => {
  expect(Object.keys(table).sort()).toEqual([...routeIds.keys()].sort());
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
      expect([visited.status, sent.status], url).toEqual([visit, url === row.url ? form : asData(form)]);
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
