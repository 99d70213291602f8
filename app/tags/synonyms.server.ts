import type { RequestFacts } from "#app/auth/browser.server.ts";
import { assertStillAdmin } from "#app/auth/still-admin.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";
import { enqueue } from "#app/server/jobs.server.ts";
import type { Synonym } from "#app/tags/tag.ts";

/** Posts that get their tag within one transaction; the rest follows in a job, as many at a time. */
export const rewrittenAtOnce = 500;

/** Every synonym, by tag. There are as many as admins have typed. */
export async function listSynonyms(): Promise<Synonym[]> {
  const rows = await db.tagSynonym.findMany({ orderBy: [{ tag: "asc" }, { name: "asc" }] });
  return rows.map((row) => ({ ...row, createdAt: row.createdAt.toISOString() }));
}

/**
 * Makes a word another one for a tag. What has the word now, posts, follows and other synonyms, gets the tag.
 * @returns what speaks against it, in words for the admin; null when it is done
 */
export function addSynonym(
  viewer: Viewer,
  { name, tag: wanted }: { name: string; tag: string },
  facts: RequestFacts,
): Promise<string | null> {
  return inTransaction(async (tx) => {
    await assertStillAdmin(tx, viewer);
    // Alone: see the triggers on posts in the migration ranking_and_tags_rules.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('tag_synonyms'))`;
    const leads = await tx.tagSynonym.findUnique({ where: { name: wanted }, select: { tag: true } });
    const tag = leads?.tag ?? wanted;
    if (tag === name) return `“${wanted}” already stands for “${name}”. Remove that synonym first.`;
    const before = await tx.tagSynonym.findUnique({ where: { name }, select: { tag: true } });
    if (before) return `“${name}” already stands for “${before.tag}”. Remove that synonym first.`;
    await tx.tagSynonym.create({ data: { name, tag } });
    await tx.tagSynonym.updateMany({ where: { tag: name }, data: { tag } });
    await tx.$executeRaw`insert into tags (name) values (${tag}) on conflict do nothing`;
    await moveFollows(tx, name, tag);
    const moved = await rewriteSome(tx, name);
    await recordEvent(tx, "tag-synonym-added", {
      userId: viewer.id,
      actorId: viewer.id,
      ...facts,
      details: { name, tag },
    });
    if (moved === rewrittenAtOnce) await enqueue(tx, "rewrite-tags", { name });
    return null;
  });
}

/** The word is a tag of its own again. Posts and follows that got the tag keep it. @returns whether there was one */
export function removeSynonym(viewer: Viewer, name: string, facts: RequestFacts): Promise<boolean> {
  return inTransaction(async (tx) => {
    await assertStillAdmin(tx, viewer);
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('tag_synonyms'))`;
    const [removed] = await tx.$queryRaw<
      { tag: string }[]
    >`delete from tag_synonyms where name = ${name} returning tag`;
    if (!removed) return false;
    await recordEvent(tx, "tag-synonym-removed", {
      userId: viewer.id,
      actorId: viewer.id,
      ...facts,
      details: { name, tag: removed.tag },
    });
    return true;
  });
}

/** Gives the tag to all posts that still have its synonym, some at a time. A second run finds nothing left to do. */
export async function rewriteTag(name: string): Promise<void> {
  for (let moved = rewrittenAtOnce; moved === rewrittenAtOnce; ) {
    moved = await inTransaction(async (tx) => {
      await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('tag_synonyms'))`;
      return rewriteSome(tx, name);
    });
  }
}

/** The database itself writes the tag for the synonym; what is not public has its turn when it becomes so. */
async function rewriteSome(tx: Transaction, name: string): Promise<number> {
  return tx.$executeRaw`
    update posts set tags = tags
     where id in (select post_id from post_tags where tag = ${name} order by post_id limit ${rewrittenAtOnce}::int)
       and exists (select from tag_synonyms where name = ${name})`;
}

async function moveFollows(tx: Transaction, name: string, tag: string): Promise<void> {
  await tx.$executeRaw`
    update tag_follows f set tag = ${tag}
     where f.tag = ${name}
       and not exists (select from tag_follows other where other.user_id = f.user_id and other.tag = ${tag})`;
  await tx.$executeRaw`delete from tag_follows where tag = ${name}`;
}
