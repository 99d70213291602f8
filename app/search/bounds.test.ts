import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publish } from "#app/posts/test-posts.ts";
import { databasePool } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  await publish(mina, { title: "A quiet harbour" });
});

test("a search that takes too long ends, politely, while others read on", async () => {
  const holder = await databasePool().connect();
  try {
    await holder.query("begin; lock table post_search in access exclusive mode");
    const searches = Array.from({ length: 8 }, (_, index) =>
      send("/search?q=harbour", { from: `192.0.2.${index + 10}` }),
    );
    expect((await send("/")).status).toBe(200);
    for (const answer of await Promise.all(searches)) {
      expect(answer.status).toBe(200);
      expect(answer.body).toContain("This search takes too long at the moment");
      expect(answer.body).toContain('value="harbour"');
    }
  } finally {
    await holder.query("rollback");
    holder.release();
  }
  expect((await send("/search?q=harbour")).body).toContain("A quiet <mark>harbour</mark>");
});

test("one source searches 60 times a minute, and a member as often wherever they are", async () => {
  const visitor = async () => (await send("/search?q=harbour", { from: "198.51.100.7" })).status;
  const statuses = [];
  for (let count = 0; count < 61; count++) statuses.push(await visitor());
  expect(statuses.filter((status) => status === 200)).toHaveLength(60);
  const refused = await send("/search?q=harbour", { from: "198.51.100.7" });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(refused.body).toContain("That was a lot in a short time");
  expect((await send("/search", { from: "198.51.100.7" })).status).toBe(200);
  expect((await send("/search?q=harbour", { from: "198.51.100.7", cookie: mina.cookie })).status).toBe(200);
});

test("a visitor's search has no script, no cookie, and is kept by nobody", async () => {
  const page = await send("/search?q=harbour");
  expect(page.body).not.toContain("<script");
  expect(page.headers.get("cache-control")).toBe("private, no-cache");
  expect(page.headers.get("content-security-policy")).toContain("script-src 'none'");
  expect(page.body).toContain('<meta name="robots" content="noindex"/>');
  const member = await send("/search?q=harbour", { cookie: mina.cookie });
  expect(member.headers.get("cache-control")).toBe("private, no-store");
});

test("browsers are told how to search here", async () => {
  const page = await send("/");
  expect(page.body).toContain(
    '<link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" title="Stoa"/>',
  );
  const description = await send("/opensearch.xml");
  expect(description.headers.get("content-type")).toContain("application/opensearchdescription+xml");
  expect(description.body).toContain('template="http://localhost:3000/search?q={searchTerms}"');
});
