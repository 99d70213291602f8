import { Prisma, type Transaction } from "#app/server/database.server.ts";

/** What stands where a text was that others have answered. */
const emptied = { title: "Deleted", body: "–" };

/**
 * Erases what somebody wrote. What others have answered stays as an empty place, so that nobody else's words are lost;
 * everything else goes with all that hangs on it. Drafts, unsaved changes and what they deleted themselves always go.
 */
export async function eraseContributions(
  tx: Transaction,
  userId: string,
  which: "all" | "what they deleted",
): Promise<void> {
  const all = which === "all";
  const theirs = (table: string) => Prisma.sql`
    ${Prisma.raw(table)}.author_id = ${userId}::uuid and (${all} or ${Prisma.raw(table)}.deleted_at is not null)`;
  await tx.post.deleteMany({ where: { authorId: userId, status: "draft" } });
  await tx.unsavedEdit.deleteMany({ where: { post: { authorId: userId } } });
  const words = await collectWords(tx, theirs("p"));

  await tx.$executeRaw`
    delete from posts p where ${theirs("p")}
       and not exists (select from comments c where c.post_id = p.id and c.author_id <> p.author_id)`;
  await tx.$executeRaw`delete from post_versions v using posts p where p.id = v.post_id and ${theirs("p")}`;
  await tx.$executeRaw`delete from mentions m using posts p where p.id = m.post_id and ${theirs("p")}`;
  await tx.$executeRaw`
    update posts p
       set title = ${emptied.title}, body = '', body_html = '', excerpt = '', url = null, tags = '{}', warning = null,
           pinned_at = null, deleted_at = coalesce(deleted_at, now())
     where ${theirs("p")}`;

  // From the ends of the conversations inwards: what has no answer (any more) goes.
  for (let deleted = 1; deleted > 0; ) {
    deleted = await tx.$executeRaw`
      delete from comments c where ${theirs("c")} and not exists (select from comments r where r.parent_id = c.id)`;
  }
  await tx.$executeRaw`delete from comment_versions v using comments c where c.id = v.comment_id and ${theirs("c")}`;
  await tx.$executeRaw`delete from mentions m using comments c where c.id = m.comment_id and ${theirs("c")}`;
  await tx.$executeRaw`delete from notifications n using posts p where p.id = n.post_id and ${theirs("p")}`;
  await tx.$executeRaw`delete from notifications n using comments c where c.id = n.comment_id and ${theirs("c")}`;
  await tx.$executeRaw`
    update comments c set body = ${emptied.body}, body_html = '', deleted_at = coalesce(deleted_at, now())
     where ${theirs("c")}`;
  await forgetWords(tx, words);
}

interface Words {
  tags: string[];
  words: string[];
}

/** The tags and the words of titles by which their posts, as they were and are, could be found. */
async function collectWords(tx: Transaction, theirs: Prisma.Sql): Promise<Words> {
  const [found] = await tx.$queryRaw<Words[]>`
    with texts as (select p.title, p.tags from posts p where ${theirs}
                   union all
                   select v.title, v.tags from post_versions v join posts p on p.id = v.post_id where ${theirs})
    select array(select distinct unnest(tags) from texts) as tags,
           array(select distinct word from texts, search_vocabulary_of(title, tags) word) as words`;
  return found ?? { tags: [], words: [] };
}

/** Forgets those that nobody else uses. */
async function forgetWords(tx: Transaction, { tags, words }: Words): Promise<void> {
  await tx.$executeRaw`
    delete from tags t where t.name = any (${tags}::text[]) and t.post_count = 0
       and not exists (select from tag_follows f where f.tag = t.name)
       and not exists (select from tag_synonyms s where s.tag = t.name)`;
  await tx.$executeRaw`
    delete from search_vocabulary where word = any (${words}::text[])
       and word not in (select used from post_search s, search_vocabulary_of(s.title, s.tags) used
                         where used = any (${words}::text[]))`;
}
