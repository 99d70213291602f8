import { afterAll, beforeAll, expect, test } from "vitest";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { joinByProvider, stopProviders, turnSecondFactorOn, type Way, ways } from "#app/auth/test-ways-in.ts";
import { askForDeletion } from "#app/deletions/deletions.server.ts";
import { banDirectly } from "#app/moderation/test-bans.ts";
import { db } from "#app/server/database.server.ts";
import { send, type TestResponse } from "#app/server/test-request.ts";

/** What stands in a person's way, or does not. */
interface Situation {
  name: string;
  /** before the way is begun */
  before?(person: Person): Promise<unknown>;
  /** between its beginning and its proof */
  meanwhile?(person: Person, browser: TestBrowser, way: Way): Promise<unknown>;
  /** what is said instead of what was seen */
  say?(way: Way, seen: string): Promise<string>;
}

const situations: Situation[] = [
  { name: "Nothing special" },
  { name: "Second factor on", before: turnSecondFactorOn },
  { name: "Banned", before: ({ id }) => banDirectly(id) },
  { name: "Leaving, within 14 days", before: leave },
  { name: "Account deleted meanwhile", meanwhile: ({ id }) => db.user.delete({ where: { id } }) },
  {
    name: "Too many tries",
    meanwhile: async (person, browser, { guess }) => {
      for (let tries = 0; tries < 200; tries += 1) if ((await guess?.(browser, person))?.status === 429) return;
      throw new Error("Nobody counts the tries");
    },
    say: async ({ mailed }, seen) => (mailed ? `no more mails (429); what was mailed last: ${seen}` : seen),
  },
  {
    name: "No JavaScript",
    say: async ({ page, form }, seen) => {
      const { body } = await send(page);
      if (!form.test(body)) return "no form for it";
      // Nothing here ever runs a script: what was seen is what plain forms did.
      return form.source.includes("needs JavaScript") ? "not possible, which the page says" : `${seen}, by plain forms`;
    },
  },
];

async function leave({ id }: Person): Promise<void> {
  const { id: sessionId } = await db.session.findFirstOrThrow({ where: { userId: id } });
  await askForDeletion({ id, sessionId }, "keep", { ipAddress: "", userAgent: "" });
}

let people = 0;
const name = (n: number) => `w${[...String(n)].map((digit) => "abcdefghkm"[Number(digit)]).join("")}way`;

async function go(way: Way, situation: Situation): Promise<string> {
  if (way.withSecondFactor && situation.before === turnSecondFactorOn) return "as it is";
  people += 1;
  await db.rateLimit.deleteMany();
  const person = await createPerson({ username: name(people) });
  const browser = new TestBrowser();
  await way.equip?.(person);
  if (way.withSecondFactor) await turnSecondFactorOn(person);
  await situation.before?.(person);
  await way.begin(browser, person);
  await situation.meanwhile?.(person, browser, way);
  const seen = await outcome(await way.prove(browser, person), browser, person);
  return situation.say ? situation.say(way, seen) : seen;
}

async function outcome(answer: TestResponse, browser: TestBrowser, person: Person): Promise<string> {
  const location = answer.headers.get("location") ?? "";
  const here = await browser.get("/");
  if (here.body.includes("You are banned")) return "the ban's page, and nothing else";
  if (here.body.includes(`data-viewer="${person.username}"`)) return "in";
  if (/^\/sign-in\/two-factor/.test(location)) return "asked for the second factor";
  if (location === "/leaving") return "asked whether to stay, and nothing else";
  if (location.startsWith("/join/")) return "on to joining, as somebody new";
  if (answer.status === 429) return "told to wait (429)";
  return `refused (${answer.status})`;
}

beforeAll(async () => {
  // The door writes who came in together with their session: rows of `sessions` from elsewhere have no such company.
  await db.$executeRaw`create table births (what text, tx xid8 default pg_current_xact_id())`;
  await db.$executeRaw`
    create function note_birth() returns trigger language plpgsql as $$
    begin
      insert into births (what) values (tg_table_name);
      return new;
    end $$`;
  await db.$executeRaw`
    create trigger note_session after insert on sessions for each row when (new.ip_address like '198.18.%')
      execute function note_birth()`;
  await db.$executeRaw`
    create trigger note_event after insert on audit_events for each row
      when (new.kind in ('signed-in', 'joined')) execute function note_birth()`;
});

afterAll(stopProviders);

test("the table of ways in says what happens", { timeout: 120_000 }, async () => {
  const rows: string[][] = [["", ...situations.map((situation) => situation.name)]];
  for (const way of ways) {
    const row = [`**${way.name}**`];
    for (const situation of situations) row.push(await go(way, situation));
    rows.push(row);
  }
  const [head = [], ...body] = rows.map((cells) => cells);
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const table = [line(head), line(head.map(() => "---")), ...body.map(line)].join("\n");
  await expect(`${introduction}\n${table}\n`).toMatchFileSnapshot("../../docs/ways-in.md");
});

test("every session of those came through the door, and of those who joined", async () => {
  const browser = new TestBrowser();
  await browser.proveAddress("newcomer@example.org");
  await browser.post("/join/profile", { username: "newcomer", name: "New", password: "four quiet columns" });
  expect(await browser.identity()).toBe("viewer newcomer");
  const vouched = new TestBrowser();
  await joinByProvider(vouched, "vouched");
  expect(await vouched.identity()).toBe("viewer vouched");
  const [counts] = await db.$queryRaw<{ sessions: bigint; alone: bigint }[]>`
    select count(*) as sessions,
           count(*) filter (where not exists (
             select 1 from births e where e.tx = s.tx and e.what = 'audit_events')) as alone
      from births s where what = 'sessions'`;
  expect(Number(counts?.sessions)).toBeGreaterThan(20);
  expect(Number(counts?.alone)).toBe(0);
});

const introduction = `# Ways in

What happens to somebody who comes in, by each way and in each situation. A test run goes through all of it and writes
this file down: \`npx vitest run app/auth/ways-in-table.test.ts --update\`. It fails where the site does anything else. What
the words rest on is in [decision 29](decisions/0029-one-door.md): whatever proves a person, one function opens the
session.
`;
