import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { auth } from "#app/auth/better-auth.server.ts";
import { createPerson, testPassword } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

/** Whatever may put a row into `sessions`: by Prisma, beside or within another row, by SQL, by Better Auth. */
const waysToInsert = [
  /\bsession\s*\??\.\s*(create|createMany|createManyAndReturn|upsert)\b/,
  /\bsessions\s*:\s*\{\s*(create|createMany|connectOrCreate|upsert)\b/,
  /\binto\s+(only\s+)?("?public"?\.)?"?sessions\b/i,
  /\bcopy\s+("?public"?\.)?"?sessions\b/i,
  // Better Auth's own maker of sessions, and all of its endpoints as functions.
  /\bcreateSession\b(?=\s*[}(,])/,
  /\bauth\(\)\s*\.\s*(api|handler)\b/,
  /\.api\s*\.\s*(signIn|signUp|callback)/,
  /\bsetSessionCookie\b/,
];

/** Each place, and why it may. A new one is a decision: whatever proves a person ends in `enter`. */
const places: Record<string, string> = {
  "app/auth/door.server.ts": "the door",
  "app/auth/better-auth-endpoints.ts": "hands the endpoints on that it lets through: the test below",
};

/** Tests may make what they need; the site never loads them. */
const isTest = (name: string) => /\.test\.ts$|\/test-[\w-]+\.ts$/.test(name);

async function listSources(): Promise<string[]> {
  const folders = ["app", "prisma", "scripts", "e2e"];
  const lists = await Promise.all(
    folders.map(async (folder) =>
      (await readdir(folder, { recursive: true })).map((name) => path.posix.join(folder, name)),
    ),
  );
  return lists.flat().filter((name) => /\.(ts|tsx|mjs|js|sql)$/.test(name) && !name.startsWith("app/server/prisma/"));
}

test("no line of the project but the door's makes a session", async () => {
  const found = new Set<string>();
  for (const name of await listSources()) {
    if (isTest(name)) continue;
    const source = await readFile(name, "utf8");
    if (waysToInsert.some((way) => way.test(source))) found.add(name);
  }
  expect([...found].sort()).toEqual(Object.keys(places).sort());
});

test.each([
  "await tx.session.create({ data })",
  "db.session\n  .createMany({ data })",
  "data: { name, sessions: { create: { token } } }",
  "insert into sessions (id) values ($1)",
  'INSERT INTO "public"."sessions" SELECT',
  "({ createSession }) =>",
  "internalAdapter.createSession(userId)",
  "await auth().api.signInEmail({ body })",
  "setSessionCookie(context, session)",
])("a new way would be found: %s", (line) => {
  expect(waysToInsert.some((way) => way.test(line))).toBe(true);
});

test("none of Better Auth's own endpoints answers, so that none makes a session", async () => {
  const person = await createPerson({ username: "mina" });
  const before = await db.session.count();
  const open: string[] = [];
  // Each endpoint of its carries the path under which it would answer.
  const endpoints = Object.values(auth().api) as { path?: string }[];
  const paths = endpoints.flatMap((endpoint) => endpoint.path ?? []);
  expect(paths).toContain("/sign-in/email");
  for (const each of new Set(paths)) {
    const address = `/api/auth${each.replace(/:\w+/g, "x")}`;
    const form = { email: person.email, password: testPassword, name: "Mina" };
    const statuses = [(await send(address)).status, (await send(address, { form })).status];
    if (statuses.some((status) => status !== 404)) open.push(each);
  }
  expect(open).toEqual(["/ok"]);
  expect(await db.session.count()).toBe(before);
});

test("nothing in the database makes one by itself", async () => {
  const bodies = await db.$queryRaw<{ body: string }[]>`
    select prosrc as body from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = current_schema() and p.prokind in ('f', 'p') and prosrc ~* 'into\\s+"?sessions'
    union all select definition from pg_rules where definition ~* 'into\\s+"?sessions'`;
  expect(bodies).toEqual([]);
});
