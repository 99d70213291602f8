import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { shownAgo } from "#app/auth/strangers/test-forms.ts";
import { lastCodeFor, TestBrowser } from "#app/auth/test-browser.ts";
import { countEverything, type LastStep, startWaysToJoin, withMember } from "#app/auth/test-newcomers.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { joiningModeNames } from "#app/joining/joining.ts";
import { inviteBy, setMode } from "#app/joining/test-joining.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";
import { bareSkeletonOf } from "#app/users/username.ts";

/* Every way of joining meets every decision of who may. */

const started = await startWaysToJoin();
const ways = started.ways.filter(({ way }) => way !== "as the first admin" && way !== "with a password, by an invite");
const shut = joiningModeNames.filter((mode) => mode !== "open");

afterAll(() => started.stop());

beforeEach(async () => {
  await db.rateLimit.deleteMany();
  await setMode("open");
});

let newcomers = 0;
const newName = () => `newcomer-${newcomers++}x`;

function take({ path, cookie, form }: LastStep, invite?: string) {
  return send(path, { cookie: invite ? `${cookie}; stoa_invite=${invite}` : cookie, form, from: "198.19.7.7" });
}

describe.each(ways)("somebody who joins $way", (way) => {
  test.each(shut)(
    "and was on the way when the site came to be “%s” is no member, and keeps what they proved",
    async (mode) => {
      const step = await way.arrive(newName());
      await setMode(mode);
      const before = await countEverything();
      const answer = await take(step);
      expect([answer.status, answer.headers.get("location")]).toEqual([302, "/join/request"]);
      expect(await countEverything()).toEqual(before);
      expect((await send(step.path, { cookie: step.cookie })).headers.get("location")).toBe("/join/request");
      expect((await send("/join/request", { cookie: step.cookie })).status).toBe(200);
      await setMode("open");
      expect((await take(step)).headers.get("location")).toBe("/welcome");
      expect(await countEverything()).toEqual(withMember(before, way));
    },
  );

  test.each(joiningModeNames)("with an invite is a member where the site is “%s”, but for “closed”", async (mode) => {
    const mina = await createPerson({ username: newName() });
    const invite = await inviteBy(mina.id);
    const username = newName();
    const step = await way.arrive(username);
    await setMode(mode);
    const before = await countEverything();
    const answer = await take(step, invite);
    if (mode === "closed") {
      expect(answer.headers.get("location")).toBe("/join/request");
      expect(await countEverything()).toEqual(before);
      return;
    }
    expect(answer.headers.get("location")).toBe("/welcome");
    const member = withMember(before, way);
    expect(await countEverything()).toEqual({ ...member, arrivals: before.arrivals + 1, places: before.places - 1 });
    const { id } = await db.user.findUniqueOrThrow({ where: { usernameKey: username } });
    expect(await db.arrival.findUniqueOrThrow({ where: { userId: id } })).toMatchObject({ inviterId: mina.id });
  });

  test("chooses no username that the admins have reserved", async () => {
    const username = newName();
    const step = await way.arrive(username);
    await db.reservedName.create({ data: { skeleton: bareSkeletonOf(username), word: username, reason: "x" } });
    const before = await countEverything();
    const answer = await take(step);
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("reserved for the site");
    expect(await countEverything()).toEqual(before);
  });

  test("is refused at a blocked domain and from a blocked network, whatever they had proved before", async () => {
    const step = await way.arrive(newName());
    const before = await countEverything();
    await db.blockedDomain.create({ data: { domain: "example.org", reason: "x" } });
    expect((await take(step)).headers.get("location")).toBe("/join/request");
    expect((await send("/join/request", { cookie: step.cookie })).body).toContain("no addresses at that domain");
    await db.blockedDomain.deleteMany();
    await db.blockedNetwork.create({ data: { network: "198.19.7.0/24", reason: "x" } });
    expect((await take(step)).headers.get("location")).toBe("/join/request");
    expect(await countEverything()).toEqual(before);
    await db.blockedNetwork.updateMany({ data: { expiresAt: new Date(Date.now() - 1000) } });
    expect((await take(step)).headers.get("location")).toBe("/welcome");
    await db.blockedNetwork.deleteMany();
  });

  test("agrees to the texts as they are now, or does not join", async () => {
    const username = newName();
    const step = await way.arrive(username);
    const text = { kind: "terms", body: "Be fair.", bodyHtml: "<p>Be fair.</p>", asksAgain: false };
    await db.legalText.createMany({ data: [1, 2].map((version) => ({ ...text, version })) });
    const before = await countEverything();
    for (const agreed of [undefined, "1", "3", "two"]) {
      const answer = await take({ ...step, form: { ...step.form, ...(agreed && { "agreed-terms": agreed }) } });
      expect([answer.status, answer.body.includes("Read what you are asked to agree to")]).toEqual([400, true]);
    }
    expect(await countEverything()).toEqual(before);
    const answer = await take({ ...step, form: { ...step.form, "agreed-terms": "2" } });
    expect(answer.headers.get("location")).toBe("/welcome");
    const { id } = await db.user.findUniqueOrThrow({ where: { usernameKey: username } });
    expect(await db.consent.findMany({ where: { userId: id } })).toMatchObject([{ kind: "terms", version: 2 }]);
    await db.consent.deleteMany();
    await db.legalText.deleteMany();
  });
});

test("of two who take the last place of an invite at once one joins", async () => {
  const [password] = ways;
  const invite = await inviteBy(null);
  const steps = [await password?.arrive(newName()), await password?.arrive(newName())].flatMap((step) => step ?? []);
  await setMode("invite");
  const before = await countEverything();
  const answers = await Promise.all(steps.map((step) => take(step, invite)));
  expect(answers.map(({ headers }) => headers.get("location")).sort()).toEqual(["/join/request", "/welcome"]);
  const after = await countEverything();
  expect([after.users, after.places, after.arrivals]).toEqual([
    before.users + 1,
    before.places - 1,
    before.arrivals + 1,
  ]);
});

test("a last place that a failed joining had taken is there for the next one", async () => {
  const [password] = ways;
  const invite = await inviteBy(null);
  const taken = await createPerson({ username: newName() });
  const step = await password?.arrive(newName());
  await setMode("invite");
  if (!step) throw new Error("no way");
  const failed = await take({ ...step, form: { ...step.form, username: taken.username } }, invite);
  expect(failed.status).toBe(400);
  expect((await take(step, invite)).headers.get("location")).toBe("/welcome");
});

test("members come in by a code where nobody new can join, and strangers are told the same as ever", async () => {
  const mina = await createPerson({ username: newName() });
  await setMode("closed");
  const browser = new TestBrowser();
  expect((await browser.get("/join")).body).toContain("takes nobody new now");
  const shown = shownAgo(5);
  await browser.post("/sign-in/code", { email: mina.email, shown });
  await browser.post("/sign-in/code", { code: await lastCodeFor(mina.email) });
  expect(await browser.identity()).toBe(`viewer ${mina.username}`);
  const stranger = new TestBrowser();
  const asked = await stranger.post("/sign-in/code", { email: "stranger@example.org", shown });
  expect(asked.status).toBe(302);
  const proved = await stranger.post("/sign-in/code", { code: await lastCodeFor("stranger@example.org") });
  expect(proved.headers.get("location")).toBe("/join/profile");
  expect((await stranger.get("/join/profile")).headers.get("location")).toBe("/join/request");
  expect((await stranger.get("/join/request")).body).toContain("takes nobody new now");
});
