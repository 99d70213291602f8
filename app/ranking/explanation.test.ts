import { beforeAll, describe, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { publishDirectly } from "#app/posts/test-feeds.ts";
import { listHottest, takeRankEpoch } from "#app/ranking/epochs.server.ts";
import { scoreOf } from "#app/ranking/ranking.ts";
import { db } from "#app/server/database.server.ts";
import { failAt } from "#app/server/test-failures.ts";
import { send } from "#app/server/test-request.ts";
import { changeSiteSetting } from "#app/site/change-setting.server.ts";

const hourMs = 3_600_000;
let author: Person;
let admin: Person;
let ids: number[];

beforeAll(async () => {
  author = await createPerson({ username: "author" });
  admin = await createPerson({ username: "iris", role: "admin" });
  const people = await Promise.all(["a", "b", "c"].map((letter) => createPerson({ username: `reader-${letter}x` })));
  ids = await publishDirectly(
    [0, 1.5, 30, 400].map((hours) => ({
      authorId: author.id,
      publishedAt: new Date(Date.now() - hours * hourMs),
      title: `Aged ${hours}`,
    })),
  );
  const [, second = 0, third = 0] = ids;
  await db.reaction.createMany({ data: people.map(({ id }) => ({ postId: third, userId: id })) });
  await db.comment.createMany({
    data: people.slice(1).map(({ id }) => ({ postId: second, authorId: id, body: "x", bodyHtml: "x" })),
  });
  await takeRankEpoch();
});

async function shownScore(id: number) {
  const { body, status } = await send(`/p/${id}/ranking`);
  expect(status).toBe(200);
  const terms = [...body.matchAll(/data-term="([^"]+)"/g)].map((match) => Number(match[1]));
  return { body, terms, score: Number(/data-score="([^"]+)"/.exec(body)?.[1]) };
}

test("the terms of each post add up to its score, which is the score that its place was found with", async () => {
  const numbers = { reactionWeight: 1, commentWeight: 0.5, hoursPerPoint: 12 };
  const ranked = await listHottest(db, numbers);
  for (const [index, { id, score: exact }] of ranked.entries()) {
    const { body, terms, score } = await shownScore(id);
    expect(terms).toHaveLength(3);
    expect(Math.round(terms.reduce((sum, term) => sum + term, 0) * 1000)).toBe(Math.round(score * 1000));
    // Rounded to thousandths, and a moment passed between the two.
    expect(Math.abs(score - exact)).toBeLessThan(0.01);
    expect(body).toContain(`at place <!-- -->${index + 1}<!-- --> of Hot`);
  }
  expect(ranked.map(({ id }) => id)).toEqual(await placesOn("/hot"));
});

async function placesOn(path: string): Promise<number[]> {
  const { body } = await send(path);
  return [...body.matchAll(/href="\/p\/(\d+)\/ranking"/g)].map((match) => Number(match[1]));
}

test("the formula is the same sum everywhere, at any counts and ages", async () => {
  for (const facts of [
    { reactions: 0, commenters: 0, ageHours: 0 },
    { reactions: 1, commenters: 1, ageHours: 0.01 },
    { reactions: 99_999, commenters: 12_345, ageHours: 100_000 },
  ]) {
    for (const numbers of [
      { reactionWeight: 0, commentWeight: 0, hoursPerPoint: 1 },
      { reactionWeight: 100, commentWeight: 33.3, hoursPerPoint: 0.7 * 1000 },
    ]) {
      const { reactions, comments, age, score } = scoreOf(facts, numbers);
      expect(Math.round((reactions + comments + age) * 1000)).toBe(Math.round(score * 1000));
      const exact =
        numbers.reactionWeight * Math.log(1 + facts.reactions) +
        numbers.commentWeight * Math.log(1 + facts.commenters) -
        facts.ageHours / numbers.hoursPerPoint;
      expect(Math.abs(score - exact)).toBeLessThan(0.002);
    }
  }
});

test("a post that is in no order yet is shown with what counts now; one that not everyone sees is not shown", async () => {
  const [fresh = 0, draft = 0] = await publishDirectly([{ authorId: author.id }, { authorId: author.id }]);
  expect((await shownScore(fresh)).body).toContain("not in the present order");
  await db.post.update({ where: { id: draft }, data: { status: "draft", publishedAt: null } });
  for (const cookie of [undefined, author.cookie, admin.cookie]) {
    expect((await send(`/p/${draft}/ranking`, { cookie })).status).toBe(404);
  }
  for (const id of ["0", "x", "99999", "2147483648"]) expect((await send(`/p/${id}/ranking`)).status).toBe(404);
});

describe("the numbers", () => {
  const numbers = { reactionWeight: "2.5", commentWeight: "0", hoursPerPoint: "48", reason: "Slower is calmer" };

  test("are shown as they are to anyone, with an example that adds up", async () => {
    const page = await send("/about/ranking");
    expect(page.body.replaceAll("<!-- -->", "")).toContain(
      "score = 1 × ln(1 + likes) + 0.5 × ln(1 + people who comment) − age in hours ÷ 12",
    );
    expect(page.body).toMatch(/data-score="2\.018"/);
  });

  test("are refused where they are none or too great, with a message beside each field and what was typed", async () => {
    for (const [field, typed] of [
      ["reactionWeight", "many"],
      ["reactionWeight", "101"],
      ["commentWeight", "-1"],
      ["hoursPerPoint", "0"],
      ["hoursPerPoint", "Infinity"],
      ["hoursPerPoint", ""],
      ["reason", "x"],
    ] as const) {
      const answer = await send("/admin/settings/ranking", {
        cookie: admin.cookie,
        form: { ...numbers, [field]: typed },
      });
      expect(answer.status).toBe(400);
      expect(answer.body).toContain(`id="ranking-${field}-error"`);
      if (typed && field !== "reason") expect(answer.body).toContain(`value="${typed}"`);
    }
    expect(await db.siteSetting.count()).toBe(0);
  });

  test("are changed wholly or not at all, with who, why and what they were", async () => {
    let failures = 0;
    for (let failing = 1; ; failing++) {
      const answer = await send("/admin/settings/ranking", {
        cookie: admin.cookie,
        form: numbers,
        beforeStatement: failAt(failing),
      });
      if (answer.status === 302) break;
      expect(answer.status).toBe(500);
      expect([await db.siteSetting.count(), await db.auditEvent.count()]).toEqual([0, 0]);
      failures += 1;
    }
    expect(failures).toBeGreaterThanOrEqual(5);
    const event = await db.auditEvent.findFirstOrThrow();
    expect(event).toMatchObject({
      kind: "setting-changed",
      actorId: admin.id,
      details: { name: "ranking", reason: "Slower is calmer", from: { hoursPerPoint: 12 }, to: { hoursPerPoint: 48 } },
    });
    expect((await send("/admin/settings?saved=ranking", { cookie: admin.cookie })).body).toContain("Saved.");
  });

  test("make the next order, and until then each post's sum is the one of its place", async () => {
    const [, second = 0, third = 0] = ids;
    expect((await shownScore(third)).terms[0]).toBeCloseTo(Math.log(4), 2);
    expect((await send("/about/ranking")).body).toContain("2.5");
    await takeRankEpoch();
    expect((await shownScore(third)).terms[0]).toBeCloseTo(2.5 * Math.log(4), 2);
    expect((await shownScore(second)).terms[1]).toBe(0);
  });

  test("are not changed by whoever was an admin until a moment ago", async () => {
    const former = await createPerson({ username: "former" });
    const session = await db.session.findFirstOrThrow({ where: { userId: former.id } });
    const value = { reactionWeight: 9, commentWeight: 9, hoursPerPoint: 9 };
    const viewer = {
      ...former,
      role: "admin" as const,
      avatar: "",
      sessionId: session.id,
      provedAt: "",
      staffFactorDue: null,
      recoveryReadyAt: null,
    };
    const facts = { ipAddress: "", userAgent: "" };
    await expect(changeSiteSetting(viewer, "ranking", { value, reason: "Mine" }, facts)).rejects.toMatchObject({
      init: { status: 404 },
    });
    expect((await send("/about/ranking")).body).toContain("2.5");
  });
});
