import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { send } from "#app/server/test-request.ts";
import { encodeImage, PicturesBusy } from "#app/uploads/images.server.ts";
import { inTurn } from "#app/uploads/picture-turns.server.ts";
import { fileOf, picture } from "#app/uploads/test-pictures.ts";

let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina" });
});

/** Takes a place, and gives it back when asked. */
function occupy(by: string) {
  const { promise, resolve: free } = Promise.withResolvers<void>();
  return { ended: inTurn(by, () => promise), free };
}

test("of one person four pictures stand in line, one of them being opened; others go past them", async () => {
  const order: string[] = [];
  const places = Array.from({ length: 4 }, () => occupy("mina"));
  expect(await inTurn("mina", async () => order.push("too much"))).toBe("too-many");
  await inTurn("omar", async () => order.push("omar"));
  for (const { free } of places) free();
  await Promise.all(places.map(({ ended }) => ended));
  await inTurn("mina", async () => order.push("mina"));
  expect(order).toEqual(["omar", "mina"]);
});

test("a full line takes nobody's picture but the site's own", async () => {
  const places = Array.from({ length: 22 }, (_, i) => occupy(`person ${i}`));
  const file = await picture(20, 20).png().toBuffer();
  await expect(encodeImage(file, "late")).rejects.toThrow(PicturesBusy);
  const own = encodeImage(file, null);
  for (const { free } of places) free();
  expect(await own).toMatchObject({ width: 20, height: 20 });
  await Promise.all(places.map(({ ended }) => ended));
});

test("whoever sends too many pictures at once hears when to send this one again", async () => {
  const places = Array.from({ length: 4 }, () => occupy(mina.id));
  const file = fileOf(await picture(20, 20).png().toBuffer());
  const refused = await send("/images", { cookie: mina.cookie, form: { image: file } });
  expect(refused.status).toBe(429);
  expect(refused.headers.get("retry-after")).toBe("5");
  expect(JSON.parse(refused.body).error).toMatch(/^Too many pictures/);
  for (const { free } of places) free();
  await Promise.all(places.map(({ ended }) => ended));
  expect((await send("/images", { cookie: mina.cookie, form: { image: file } })).status).toBe(201);
});
