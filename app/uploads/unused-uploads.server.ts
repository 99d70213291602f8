import { deleteStaleCards, isCardFile } from "#app/cards/cards.server.ts";
import { db } from "#app/server/database.server.ts";
import { deleteStoredFile, listStoredFiles } from "#app/server/storage.server.ts";

const dayMs = 86_400_000;
/** A picture may wait this long in a text that is being written in an open tab. */
const keptUnusedMs = 7 * dayMs;
/** A card has no row: it is drawn again where somebody asks again. */
const keptCardMs = 30 * dayMs;
const postsAtOnce = 2_000;

/**
 * Deletes what nobody sees: pictures that stand in no text and beside no name, and files without a row, which an
 * interrupted upload leaves behind. Running it twice does nothing more.
 */
export async function collectUnusedUploads(now = new Date()): Promise<void> {
  await deleteReplacedAvatars(now);
  await deleteUnusedImages(now);
  await deleteFilesWithoutRow(now);
}

async function deleteReplacedAvatars(now: Date): Promise<void> {
  await db.$executeRaw`
    delete from uploads where kind = 'avatar' and created_at < ${new Date(now.getTime() - dayMs)}
       and not exists (select from users where users.id = uploads.owner_id and users.avatar = uploads.key)
       and not exists (select from act_effects e where e.aspect = 'user.avatar' and e.before = uploads.key
                        and e.superseded_at is null)
       and not exists (select from account_deletions d where d.user_id = uploads.owner_id and d.face ->> 'avatar' = uploads.key)`;
}

async function deleteUnusedImages(now: Date): Promise<void> {
  const before = new Date(now.getTime() - keptUnusedMs);
  const old = await db.upload.findMany({
    where: { kind: "image", createdAt: { lt: before } },
    select: { key: true },
  });
  if (old.length === 0) return;
  const used = await findImagesInTexts();
  const unused = old.map(({ key }) => key).filter((key) => !used.has(key));
  // A text that was written while we looked keeps its picture.
  await db.$executeRaw`
    delete from uploads u where u.key = any(${unused})
       and not exists (select from posts where updated_at > ${new Date(now.getTime() - dayMs)} and strpos(body, u.key) > 0)
       and not exists (select from unsaved_edits where strpos(body, u.key) > 0)
       and not exists (select from comments where created_at > ${new Date(now.getTime() - dayMs)} and strpos(body, u.key) > 0)`;
}

/** Reads the texts in portions, so that no statement takes long. */
async function findImagesInTexts(): Promise<Set<string>> {
  const used = new Set<string>();
  const [{ last } = { last: 0 }] = await db.$queryRaw<{ last: number }[]>`
    select greatest((select max(id) from posts), (select max(id) from comments), 0)::int as last`;
  for (let from = 0; from < last; from += postsAtOnce) {
    const found = await db.$queryRaw<{ key: string }[]>`
      select distinct m[1] as key
        from (select body from posts where id > ${from} and id <= ${from + postsAtOnce} and body like '%/media/%'
              union all
              select body from comments where id > ${from} and id <= ${from + postsAtOnce} and body like '%/media/%') as texts,
             regexp_matches(body, '/media/([a-z0-9.-]+)', 'g') as m`;
    for (const { key } of found) used.add(key);
  }
  return used;
}

async function deleteFilesWithoutRow(now: Date): Promise<void> {
  const old: string[] = [];
  const cards: string[] = [];
  for await (const { key, storedAt } of listStoredFiles()) {
    const age = now.getTime() - storedAt.getTime();
    if (isCardFile(key) && age < keptCardMs) cards.push(key);
    else if (age > dayMs) old.push(key);
    if (cards.length === 500) await deleteStaleCards(cards.splice(0));
    if (old.length === 500) await deleteThoseWithoutRow(old.splice(0));
  }
  await deleteThoseWithoutRow(old);
  await deleteStaleCards(cards);
}

async function deleteThoseWithoutRow(files: string[]): Promise<void> {
  const rows = await db.upload.findMany({ where: { key: { in: files.map(rowKeyOf) } }, select: { key: true } });
  const known = new Set(rows.map(({ key }) => key));
  for (const file of files) if (!known.has(rowKeyOf(file))) await deleteStoredFile(file);
}

/** `<name>-96.webp` belongs to the avatar `<name>`; a picture in a text is its own file. */
function rowKeyOf(file: string): string {
  return /^([0-9a-f]{32})-\d+\.webp$/.exec(file)?.[1] ?? file;
}
