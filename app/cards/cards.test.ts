import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { createPerson, type Person } from "#app/auth/test-people.ts";
import { cardKey } from "#app/cards/card.server.ts";
import { findCard } from "#app/cards/cards.server.ts";
import { drawable } from "#app/cards/draw-card.server.ts";
import { loadFonts } from "#app/cards/fonts.server.ts";
import { publish } from "#app/posts/test-posts.ts";
import { db } from "#app/server/database.server.ts";
import { listStoredFiles, readStoredFile } from "#app/server/storage.server.ts";
import { send } from "#app/server/test-request.ts";
import { collectUnusedUploads } from "#app/uploads/unused-uploads.server.ts";

let mina: Person;

beforeAll(async () => {
  mina = await createPerson({ username: "mina", name: "Mina Sørensen" });
  // The typefaces are unpacked once for the whole file.
  await loadFonts();
}, 60_000);

/** The name of a post's card, as its page says it. */
async function cardOf(postId: number): Promise<string> {
  const { headers } = await send(`/cards/${postId}-0000000000000000.png`);
  return headers.get("location")?.replace("/cards/", "") ?? "";
}

async function storedCards(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of listStoredFiles()) if (key.includes("-card-")) keys.push(key);
  return keys.sort();
}

test("a post has a picture of the size that other sites ask for, drawn once and kept", async () => {
  const name = await cardOf(await publish(mina, { title: "A year of rain" }));
  expect(await readStoredFile(cardKey(name))).toBeNull();
  const first = await send(`/cards/${name}`);
  expect(first.status).toBe(200);
  expect(first.statements).toHaveLength(1);
  expect(first.headers.get("content-type")).toBe("image/png");
  expect(first.headers.get("cache-control")).toBe("public, no-cache");
  const kept = await readStoredFile(cardKey(name));
  const { width, height, format } = await sharp(kept ?? Buffer.alloc(0)).metadata();
  expect({ width, height, format }).toEqual({ width: 1200, height: 630, format: "png" });
  const again = await send(`/cards/${name}`, { headers: { "If-None-Match": first.headers.get("etag") ?? "" } });
  expect(again.status).toBe(304);
});

test("a name with another mark draws nothing and leads to the picture; what is not public has none", async () => {
  const id = await publish(mina, { title: "Marked" });
  const before = await storedCards();
  for (let mark = 1; mark < 20; mark++) {
    const answer = await send(`/cards/${id}-${mark.toString(16).padStart(16, "0")}.png`);
    expect(answer.status).toBe(302);
  }
  expect(await storedCards()).toEqual(before);
  const name = await cardOf(id);
  await db.post.update({ where: { id }, data: { removedAt: new Date() } });
  for (const none of [
    name,
    "999999-0123456789abcdef.png",
    "0-0123456789abcdef.png",
    "x.png",
    "1-0123456789ABCDEF.png",
    "..%2f1.png",
  ]) {
    expect((await send(`/cards/${none}`)).status, none).toBe(404);
  }
});

test("a new title is a new picture, and the old one's file is collected; the present one stays", async () => {
  const id = await publish(mina, { title: "Before" });
  const [old] = [await cardOf(id)];
  await findCard(old);
  await db.post.update({ where: { id }, data: { title: "After" } });
  const current = await cardOf(id);
  expect(current).not.toBe(old);
  await findCard(current);
  const gone = await publish(mina, { title: "Deleted later" });
  const goneCard = await cardOf(gone);
  await findCard(goneCard);
  await db.post.update({ where: { id: gone }, data: { deletedAt: new Date() } });
  for (let round = 0; round < 2; round++) {
    await collectUnusedUploads(new Date(Date.now() + 20 * 86_400_000));
    const stored = await storedCards();
    expect(stored).toContain(cardKey(current));
    expect(stored).not.toContain(cardKey(old));
    expect(stored).not.toContain(cardKey(goneCard));
  }
  await collectUnusedUploads(new Date(Date.now() + 31 * 86_400_000));
  expect(await storedCards()).toEqual([]);
  expect(await findCard(current)).toHaveProperty("picture");
});

test("many who ask at once for one picture get the one that is drawn", async () => {
  const name = await cardOf(await publish(mina, { title: "Asked for by many" }));
  const answers = await Promise.all(Array.from({ length: 20 }, () => findCard(name)));
  const pictures = answers.map((answer) => (typeof answer === "object" && "picture" in answer ? answer.picture : null));
  expect(pictures[0]?.length).toBeGreaterThan(1_000);
  for (const picture of pictures) expect(picture).toEqual(pictures[0]);
});

test("titles in many scripts are written by our own typefaces; what none has is left out, and never drawn as boxes", async () => {
  const fonts = await loadFonts();
  for (const title of [
    "雨の日の図書館",
    "كيف تعلمت القراءة",
    "Ночной автобус",
    "Ελληνικά",
    "עברית",
    "हिन्दी",
    "ไทย",
    "한국어",
    "简体中文",
    "Tiếng Việt — “quoted” & <b>",
  ]) {
    expect(drawable(title, fonts), title).toBe(title.normalize("NFC"));
  }
  expect(drawable("Rain 🌧️ in spring 🌱", fonts)).toBe("Rain in spring");
  expect(drawable("ᚠᚢᚦᚨᚱᚲ", fonts)).toBeNull();
  expect(drawable("🌧️", fonts)).toBeNull();
});

test("a title is text on the picture and nothing else, whatever it holds", async () => {
  for (const title of [
    '<span foreground="red">x</span>',
    "</span>&amp;<svg onload=x>",
    "\u0007\u202e[drawn",
    "W".repeat(150),
    "🌧️🌧️🌧️",
  ]) {
    const id = await publish(mina, { title: "Placeholder" });
    await db.post.update({ where: { id }, data: { title } });
    const answer = await findCard(await cardOf(id));
    expect(typeof answer === "object" && "picture" in answer, title).toBe(true);
  }
});
