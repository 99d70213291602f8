import { expect, test } from "vitest";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { readStoredFile } from "#app/server/storage.server.ts";
import { fileOf, picture } from "#app/uploads/test-pictures.ts";

const password = "four quiet columns";

async function proved(email: string): Promise<TestBrowser> {
  const browser = new TestBrowser();
  await browser.proveAddress(email);
  return browser;
}

const portrait = async () => fileOf(await picture(640, 480).png().toBuffer());

test("a newcomer can bring a picture, which is theirs from the first moment", async () => {
  const browser = await proved("tilda@example.org");
  const form = { username: "tilda", name: "Tilda", password, avatar: await portrait() };
  expect((await browser.post("/join/profile", form)).status).toBe(302);
  const user = await db.user.findUniqueOrThrow({ where: { usernameKey: "tilda" }, include: { uploads: true } });
  expect(user.uploads).toMatchObject([{ key: user.avatar, kind: "avatar" }]);
  for (const size of [96, 320]) expect(await readStoredFile(`${user.avatar}-${size}.webp`)).not.toBeNull();
});

test("a picture that cannot be opened is refused beside its field, and the rest comes back", async () => {
  const browser = await proved("ugo@example.org");
  const answer = await browser.post("/join/profile", {
    username: "ugo",
    name: "Ugo B.",
    password,
    avatar: fileOf("no picture"),
  });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("This is no whole JPEG");
  expect(answer.body).toContain('value="Ugo B."');
  expect(answer.body).not.toContain(password);
  expect(await db.user.count({ where: { usernameKey: "ugo" } })).toBe(0);
});

test("a picture of somebody who did not join after all is not kept", async () => {
  await createPerson({ username: "vera" });
  const browser = await proved("another-vera@example.org");
  const before = await db.upload.count();
  const answer = await browser.post("/join/profile", {
    username: "Vera",
    name: "Vera",
    password,
    avatar: await portrait(),
  });
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("That username is taken");
  expect(await db.upload.count()).toBe(before);
});
