import { z } from "zod";
import { type CardContent, cardKey, cardName, cardNameOfKey, parseCardName } from "#app/cards/card.server.ts";
import { drawCard } from "#app/cards/draw-card.server.ts";
import { isPublic } from "#app/posts/posts.server.ts";
import { select } from "#app/server/database.server.ts";
import { deleteStoredFile, readStoredFile, storeFile } from "#app/server/storage.server.ts";
import { inTurn } from "#app/uploads/picture-turns.server.ts";
import { avatarUrl } from "#app/users/user.ts";

/** Of public posts, with what their cards show. */
export async function listCardContents(ids: number[]): Promise<CardContent[]> {
  const rows = await select("card-contents", contentsSql, [ids], contentRow);
  return rows.map(({ id, title, authorId, username, name, avatar }) => ({
    id,
    title,
    author: { username, name, avatar: avatarUrl({ id: authorId, avatar }, "large") },
  }));
}

const contentsSql = `
  select p.id, p.title, u.id as "authorId", u.username, u.name, u.avatar
    from posts p join users u on u.id = p.author_id
   where p.id = any($1::int[]) and ${isPublic}`;

const contentRow = z.object({
  id: z.number(),
  title: z.string(),
  authorId: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
});

export type CardAnswer = { picture: Buffer } | { movedTo: string } | "none" | "busy";

/**
 * The picture of a post, drawn when it is asked for the first time. A name with another mark leads to the present one:
 * nothing is ever drawn for a name that the post does not have.
 */
export async function findCard(name: string): Promise<CardAnswer> {
  const asked = parseCardName(name);
  const [post] = asked ? await listCardContents([asked.postId]) : [];
  if (!post) return "none";
  const current = cardName(post);
  if (name !== current) return { movedTo: current };
  const kept = await readStoredFile(cardKey(name));
  const picture = kept ?? (await drawOnce(name, post));
  return picture ? { picture } : "busy";
}

const underWay = new Map<string, Promise<Buffer | null>>();
const maxUnderWay = 100;
let line: Promise<unknown> = Promise.resolve();

/** One after another, and each once however many ask for it; null where too many wait already. */
function drawOnce(name: string, post: CardContent): Promise<Buffer | null> {
  const begun = underWay.get(name);
  if (begun) return begun;
  if (underWay.size >= maxUnderWay) return Promise.resolve(null);
  const drawing = line.then(() => drawAndStore(name, post)).finally(() => underWay.delete(name));
  line = drawing.catch(() => undefined);
  underWay.set(name, drawing);
  return drawing;
}

/** Takes one of the turns that members' pictures take too, as if all cards were one person's. */
async function drawAndStore(name: string, post: CardContent): Promise<Buffer | null> {
  const picture = await inTurn("cards", () => drawCard(post));
  if (picture === "too-many") return null;
  await storeFile(cardKey(name), picture);
  return picture;
}

export function isCardFile(key: string): boolean {
  return cardNameOfKey(key) !== null;
}

/** Deletes those of these cards' files whose post is no longer public, or no longer looks like that. */
export async function deleteStaleCards(keys: string[]): Promise<void> {
  const ids = keys.flatMap((key) => parseCardName(cardNameOfKey(key) ?? "")?.postId ?? []);
  if (ids.length === 0) return;
  const current = new Set((await listCardContents(ids)).map(cardName));
  for (const key of keys) if (!current.has(cardNameOfKey(key) ?? "")) await deleteStoredFile(key);
}
