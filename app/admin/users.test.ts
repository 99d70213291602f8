import { beforeAll, describe, expect, test } from "vitest";
import { userPageSize } from "#app/admin/users.server.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let admin: Person;
let moderator: Person;

/** Enough for four pages; several joined in the same millisecond. */
const crowd = 3 * userPageSize + 7;

beforeAll(async () => {
  admin = await createPerson({
    username: "iris",
    name: "Iris Kallas",
    email: "secret-iris@example.org",
    role: "admin",
  });
  moderator = await createPerson({ username: "omar", name: "Omar Haddad", role: "moderator" });
  await createPerson({ username: "mina_s", name: "Mina Sørensen", email: "plot31@allotment.example" });
  await createPerson({ username: "percy", name: "100% Percy", email: "percy@example.org" });
  await createPerson({ username: "yamada", name: "山田 太郎", email: "taro@example.org" });
  const banned = await createPerson({ username: "rufus", name: "Rufus Pell" });
  await banDirectly(banned.id);
  const served = await createPerson({ username: "served", name: "Served Time" });
  await banDirectly(served.id, { expiresAt: new Date(Date.now() - 1000) });
  await db.user.createMany({
    data: Array.from({ length: crowd }, (_, i) => ({
      username: `crowd-${i}`,
      usernameKey: `crowd-${i}`,
      usernameSkeleton: `crowd-${i}`,
      name: `One of many ${i}`,
      email: `crowd-${i}@example.net`,
      postCount: i % 5,
      createdAt: new Date(Date.UTC(2026, 0, 1) + Math.floor(i / 10)),
    })),
  });
});

/** The usernames on a page of the list, in order, and the address of the next page. */
async function list(params: Record<string, string> | string, by = admin) {
  const query = typeof params === "string" ? params : new URLSearchParams(params).toString();
  const page = await send(`/admin/users?${query}`, { cookie: by.cookie });
  expect(page.status, query).toBe(200);
  // An admin sees addresses, which the register knows.
  expect(page.statements).toHaveLength(by === admin ? 4 : 3);
  return {
    usernames: [...page.body.matchAll(/<tr data-username="([^"]+)"/g)].map((match) => match[1] ?? ""),
    next: /rel="next"[^>]*href="[^?"]*\?([^"]*)"/.exec(page.body)?.[1]?.replaceAll("&amp;", "&"),
    body: page.body,
  };
}

describe("finding people", () => {
  test.each([
    ["a username", "mina_s", ["mina_s"]],
    ["a username with its @", "@mina_s", ["mina_s"]],
    ["part of a name, without case", "sØREN", ["mina_s"]],
    ["two words, in any order", "haddad omar", ["omar"]],
    ["an address", "plot31@allotment.example", ["mina_s"]],
    ["two letters that begin a word", "ka", ["iris"]],
    ["one letter of another script", "田", ["yamada"]],
    ["a percent sign", "100%", ["percy"]],
    ["an underscore, which stands for itself", "mina_", ["mina_s"]],
    ["nothing that anybody has", "zzzzzz", []],
  ])("an admin finds them by %s", async (_what, q, usernames) => {
    expect((await list({ q })).usernames).toEqual(usernames);
  });

  test.each(["%", "_", "\\", "%%%", "a_b", "a\\%"])("%s matches nobody who does not have it", async (q) => {
    const { usernames } = await list({ q });
    const having = usernames.filter((username) => !["mina_s", "percy"].includes(username));
    expect(having).toEqual([]);
  });

  test("a moderator finds nobody by an e-mail, not even by a part of one", async () => {
    for (const q of ["plot31", "plot31@allotment.example", "allotment.example", "secret-iris", "example.net"]) {
      expect((await list({ q }, moderator)).usernames, q).toEqual([]);
    }
    expect((await list({ q: "mina" }, moderator)).usernames).toEqual(["mina_s"]);
  });

  test("a moderator sees no e-mail, neither in the pages nor in their data", async () => {
    const paths = ["/admin/users?sort=oldest", "/admin/users.data?sort=username", "/admin/users/mina_s"];
    for (const path of [...paths, "/admin/users/mina_s.data", "/admin/users/mina_s/ban", "/admin/users/iris.data"]) {
      const page = await send(path, { cookie: moderator.cookie });
      expect(page.status, path).toBe(200);
      expect(page.body, path).not.toMatch(/@(example|allotment)\./);
    }
    const page = await send("/admin/users/mina_s", { cookie: admin.cookie });
    expect(page.body).toContain("plot31@allotment.example");
  });

  test("filters by role and status; a ban whose time is over does not count", async () => {
    expect((await list({ role: "moderator" })).usernames).toEqual(["omar"]);
    expect((await list({ status: "banned" })).usernames).toEqual(["rufus"]);
    expect((await list({ status: "active", q: "e" })).usernames).not.toContain("rufus");
    expect((await list({ status: "active", q: "served" })).usernames).toEqual(["served"]);
    expect((await list({ role: "admin", status: "banned" })).usernames).toEqual([]);
  });

  test("the form keeps what was asked for", async () => {
    const { body } = await list({ q: '"><script>', role: "member", status: "active", sort: "username" });
    expect(body).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(body).toContain('<option value="member" selected="">');
    expect(body).toContain('<option value="active" selected="">');
    expect(body).toContain('<option value="username" selected="">');
    expect(body).toContain("Nobody fits that search");
  });
});

test.each(["newest", "oldest", "username", "posts"])(
  "walking the pages by %s meets everybody exactly once",
  async (sort) => {
    const met: string[] = [];
    let query: string | undefined = new URLSearchParams({ sort }).toString();
    let pages = 0;
    while (query !== undefined) {
      const { usernames, next } = await list(query);
      met.push(...usernames);
      query = next;
      pages += 1;
    }
    expect(pages).toBe(4);
    const everybody = await db.user.findMany({ select: { username: true } });
    expect([...met].sort()).toEqual(everybody.map(({ username }) => username).sort());
  },
);

test("the orders are what they say", async () => {
  const firstBy = async (sort: string) => (await list({ sort, q: "crowd" })).usernames.slice(0, 2);
  expect(await firstBy("oldest")).toHaveLength(2);
  expect((await list({ sort: "username" })).usernames[0]).toBe("crowd-0");
  const { usernames } = await list({ sort: "posts" });
  const [top] = await db.user.findMany({ where: { username: usernames[0] } });
  expect(top?.postCount).toBe(4);
});

const oddInput = {
  "a null character": "q=%00",
  "a null character in a word": "q=a%00b",
  "half a surrogate pair": "q=%ED%A0%80",
  "an emoji": "q=%F0%9F%98%80",
  "one very long word": `q=${"a".repeat(5000)}`,
  "very many words": `q=${"a%20".repeat(500)}`,
  "the same field twice": "q=a&q=b",
  "a nested field": "q[a]=b",
  "a quote": "q='%20or%201=1--",
  "an unknown role": "role=root",
  "two roles": "role=member&role=admin",
  "an unknown status": "status=gone",
  "an unknown order": "sort=password",
  "SQL for an order": "sort=id;drop%20table%20users",
  "the name of a method for an order": "sort=constructor",
  "an empty cursor": "after=",
  "a cursor that is none": "after=nonsense",
  "a null character for a cursor": "after=%00",
  "a cursor far in the future": "after=zzzzzzzzz-01a1f823-2ac2-758d-bb3f-b739b478083f",
  "a cursor with a quote": "after=mf8d2k-01a1f823-2ac2-758d-bb3f-b739b478083f%27",
  "a cursor of another order": "sort=username&after=mf8d2k-01a1f823-2ac2-758d-bb3f-b739b478083f",
  "a wildcard for a cursor": "sort=username&after=%25",
  "a username that is too long": `sort=username&after=${"z".repeat(99)}`,
  "a count beyond all numbers": "sort=posts&after=99999999999-01a1f823-2ac2-758d-bb3f-b739b478083f",
  "a count without an id": "sort=posts&after=1-x",
};

test.each(Object.entries(oddInput))("%s gives people or a polite none", async (_what, query) => {
  await list(query);
});

test("one person's page shows ban, devices without tokens and whole addresses, posts, record and ties in eight statements", async () => {
  const person = await createPerson({ username: "looked-at" });
  await db.session.updateMany({
    where: { userId: person.id },
    data: {
      ipAddress: "203.0.113.77",
      userAgent: "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0",
    },
  });
  const post = {
    authorId: person.id,
    status: "published",
    publishedAt: new Date(),
    body: "x",
    bodyHtml: "x",
    excerpt: "x",
    tags: [] as string[],
  } as const;
  await db.post.createMany({ data: Array.from({ length: 7 }, (_, i) => ({ ...post, title: `Post number ${i}` })) });
  const page = await send("/admin/users/looked-at", { cookie: moderator.cookie });
  expect(page.statements).toHaveLength(8);
  expect(page.body).toContain("Firefox on Linux");
  expect(page.body).toContain("203.0.113.0/24");
  expect(page.body).not.toContain("203.0.113.77");
  expect(page.body.match(/data-post-id/g)).toHaveLength(5);
  expect(page.body).toContain("All 7 posts");
  const { token } = await db.session.findFirstOrThrow({ where: { userId: person.id } });
  const data = await send("/admin/users/looked-at.data", { cookie: admin.cookie });
  expect(page.body + data.body).not.toContain(token);
  expect(page.body + data.body).not.toContain("203.0.113.77");
});

test.each([
  ["admin", "users_search"],
  ["moderator", "users_search_faces"],
])("the search of a %s can go through its index, %s", async (role, index) => {
  const page = await send("/admin/users?q=sorensen", { cookie: (role === "admin" ? admin : moderator).cookie });
  const text = (page.statements[1] ?? "").replace("$1", "'%sorensen%'");
  const plan = await db.$transaction(async (tx) => {
    // Few rows are read faster without it.
    await tx.$executeRaw`set local enable_seqscan = off`;
    await tx.$executeRaw`set local enable_indexscan = off`;
    return JSON.stringify(await tx.$queryRawUnsafe(`explain ${text}`));
  });
  expect(plan).toContain(`${index} `);
});
