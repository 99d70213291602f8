import sharp from "sharp";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { BrokenConnection } from "#app/auth/test-faults.ts";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { readStoredFile } from "#app/server/storage.server.ts";
import { send } from "#app/server/test-request.ts";
import { fileOf, picture, pngClaiming } from "#app/uploads/test-pictures.ts";

let mina: Person;
let omar: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina" });
  omar = await createPerson({ username: "omar", name: "Omar" });
});

beforeEach(async () => {
  await db.rateLimit.deleteMany();
});

const profile = { name: "Mina Sørensen", bio: "Engineer on weekdays.", website: "https://plot31.example.net" };

const save = (fields: Record<string, string | File> = {}, person = mina) =>
  send("/settings/profile", { cookie: person.cookie, form: { ...profile, ...fields } });

const stored = (person = mina) => db.user.findUniqueOrThrow({ where: { id: person.id } });

test("Mina says who she is, and everyone reads it on her page", async () => {
  const answer = await save();
  expect(answer.headers.get("location")).toBe("/settings/profile?saved");
  const settings = await send("/settings/profile?saved", { cookie: mina.cookie });
  expect(settings.body).toContain("Saved.");
  expect(settings.body).toContain('value="Mina Sørensen"');
  const page = await send("/u/mina");
  for (const fact of ["Mina Sørensen", "Engineer on weekdays.", 'href="https://plot31.example.net"']) {
    expect(page.body).toContain(fact);
  }
  await save({ bio: "", website: "" });
  expect(await stored()).toMatchObject({ bio: "", website: null });
});

test.each([
  ["no name", { name: " " }, "name"],
  ["a name of 61 characters", { name: "x".repeat(61) }, "name"],
  ["a name that turns the line around", { name: "Mina\u202eneroS" }, "name"],
  ["a bio of 161 characters", { bio: "x".repeat(161) }, "bio"],
  ["a script for a website", { website: "javascript:alert(1)" }, "website"],
  ["a website of 201 characters", { website: `https://example.org/${"x".repeat(181)}` }, "website"],
  ["a website with a password", { website: "https://you:secret@example.org" }, "website"],
  ["a picture where the name should be", { name: new File(["x"], "x.png") }, "name"],
])("%s is refused at its field, and nothing changes", async (_, fields, field) => {
  const before = await stored();
  const answer = await save(fields);
  expect(answer.status).toBe(400);
  expect(answer.body).toContain(`id="profile-${field}-error"`);
  expect(await stored()).toEqual(before);
});

test("fields that the form does not have have no effect", async () => {
  const before = await stored();
  await save({
    name: "Mina",
    role: "admin",
    email: "other@example.org",
    username: "other",
    emailVerified: "true",
    banned: "true",
    id: omar.id,
    userId: omar.id,
    avatarKey: "x",
    "name.set": "x",
    __intent__: "x",
  });
  const { role, email, username, emailVerified, banned, avatar } = before;
  expect(await stored()).toMatchObject({ name: "Mina", role, email, username, emailVerified, banned, avatar });
  expect(await stored(omar)).toMatchObject({ name: "Omar" });
});

test("a picture is cut square in two sizes, served from our own address, and replaced whole", async () => {
  expect((await save({ avatar: fileOf(await picture(500, 300).jpeg().toBuffer()) })).status).toBe(302);
  const first = (await stored()).avatar ?? "";
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  for (const side of [96, 320]) {
    const bytes = await readStoredFile(`${first}-${side}.webp`);
    expect(await sharp(bytes ?? "").metadata()).toMatchObject({ format: "webp", width: side, height: side });
  }
  expect((await send("/u/mina")).body).toContain(`/media/${first}-320.webp`);
  expect((await send(`/media/${first}-96.webp`)).status).toBe(200);

  await save({ avatar: fileOf(await picture(90, 90).png().toBuffer()) });
  const second = (await stored()).avatar ?? "";
  expect(second).not.toBe(first);
  expect(await db.upload.findMany({ where: { ownerId: mina.id, kind: "avatar" }, select: { key: true } })).toEqual([
    { key: second },
  ]);
  expect(await readStoredFile(`${first}-96.webp`)).toBeNull();
  expect(await readStoredFile(`${first}-320.webp`)).toBeNull();
});

test("saving the rest keeps the picture; taking it away brings the drawn one back", async () => {
  await save({ avatar: fileOf(await picture(90, 90).png().toBuffer()) });
  const { avatar } = await stored();
  await save({ bio: "Something else." });
  expect((await stored()).avatar).toBe(avatar);
  expect((await send("/settings/profile", { cookie: mina.cookie })).body).toContain("Take my picture away");
  await save({ removeAvatar: "on" });
  expect((await stored()).avatar).toBeNull();
  expect(await db.upload.count({ where: { ownerId: mina.id, kind: "avatar" } })).toBe(0);
  expect(await readStoredFile(`${avatar}-96.webp`)).toBeNull();
  expect((await send("/u/mina")).body).toContain(`/avatars/${mina.id}.svg`);
});

test("what is no picture is refused at its field, and the rest is not saved either", async () => {
  const before = await stored();
  for (const file of [fileOf("<svg/>"), fileOf(Buffer.alloc(0)), fileOf(pngClaiming(50_000, 50_000))]) {
    const answer = await save({ name: "Somebody else", avatar: file });
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('id="profile-avatar-error"');
    expect(answer.body).toContain('value="Somebody else"');
  }
  expect(await stored()).toEqual(before);
});

test("wherever the connection breaks, the profile and its picture are saved wholly or not at all", async () => {
  const hugo = await createPerson({ username: "hugo", name: "Hugo" });
  const avatar = fileOf(await picture(90, 90).png().toBuffer());
  await save({ name: "Before", avatar }, hugo);
  const before = await stored(hugo);
  for (let at = 0; ; at++) {
    const fault = new BrokenConnection(at);
    const answer = await send("/settings/profile", {
      cookie: hugo.cookie,
      form: { ...profile, name: "After", avatar },
      beforeStatement: fault.beforeStatement,
    });
    await fault.settle();
    const now = await stored(hugo);
    for (const side of [96, 320]) expect(await readStoredFile(`${now.avatar}-${side}.webp`)).not.toBeNull();
    expect(await db.upload.findMany({ where: { ownerId: hugo.id }, select: { key: true } })).toEqual([
      { key: now.avatar },
    ]);
    if (!fault.happened) {
      expect(answer.status).toBe(302);
      break;
    }
    expect(answer.status).toBeGreaterThanOrEqual(500);
    expect(now).toEqual(before);
  }
  expect(await stored(hugo)).toMatchObject({ name: "After" });
});

test("a visitor has no profile to edit", async () => {
  expect((await send("/settings/profile")).status).toBe(401);
  expect((await send("/settings/profile", { form: profile })).status).toBe(401);
});

test("whoever has no picture has one drawn from their id, always the same, without anything of others", async () => {
  const seed = "018f6b1e-1111-7000-8000-000000000001";
  const [one, again] = [await send(`/avatars/${seed}.svg`), await send(`/avatars/${seed}.svg`)];
  expect(one.status).toBe(200);
  expect(one.statements).toEqual([]);
  expect(one.headers.get("content-type")).toBe("image/svg+xml");
  expect(one.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(one.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(one.body).toBe(again.body);
  expect(one.body).not.toMatch(/<script|<image|href="http|url\(http/);
  expect((await send(`/avatars/${seed.replace("1111", "2222")}.svg`)).body).not.toBe(one.body);
  for (const other of [
    seed,
    "mina.svg",
    "1.svg",
    `${seed}.png`,
    "x".repeat(5_000),
    `${seed}%0a.svg`,
    "..%2f..%2fpackage.json",
  ]) {
    expect((await send(`/avatars/${other}`)).status, other).toBe(404);
  }
});
