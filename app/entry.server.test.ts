import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

const title = "</script><script>alert(1)</script>\u2028<!-- & \\u003c $& \"'";
let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
  const published = { status: "published" as const, publishedAt: new Date() };
  await db.post.create({
    data: { authorId: mina.id, title, body: "", bodyHtml: "", excerpt: "", tags: ["signs"], ...published },
  });
});

test("a page with scripts gives them what the loaders gave, whatever signs people write", async () => {
  const { body, headers } = await send("/", { cookie: mina.cookie });
  expect(body).not.toContain("<script>alert");
  expect(body.match(/<\/body><\/html>/g)).toHaveLength(1);
  const [, nonce, script = ""] = /<script nonce="([^"]+)">([^<]*)<\/script><\/body><\/html>$/.exec(body) ?? [];
  expect(headers.get("Content-Security-Policy")).toContain(`'nonce-${nonce}'`);
  const told: string[] = [];
  const streamController = { enqueue: (text: string) => told.push(text), close: () => told.push("closed") };
  new Function("window", script)({ __reactRouterContext: { streamController } });
  expect(told).toHaveLength(2);
  expect(told[0]).toContain(JSON.stringify(title).slice(1, -1));
  expect(told[1]).toBe("closed");
});

test("a page without scripts says nothing of what its loaders gave", async () => {
  const { body } = await send("/");
  expect(body).not.toContain("<script");
});
