import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import { isImpersonated } from "#app/impersonation/glass-box.ts";
import { isPublic, moderates } from "#app/posts/posts.server.ts";
import { contentGeneration } from "#app/server/content-changes.server.ts";
import { select } from "#app/server/database.server.ts";
import { avatarKeyOf } from "#app/uploads/upload.ts";

/** For whom a picture is in sight: for everyone, for this asker, or (null) not for them. */
export type Sight = "everyone" | "asker" | null;

/**
 * Whether something that the asker may see shows a picture. One statement through indexes; none for what everyone sees,
 * or does not see, where that was asked since the site's content changed last.
 * @param file its name in storage
 */
export async function findSight(file: string, viewer: Viewer | null): Promise<Sight> {
  const avatar = avatarKeyOf(file);
  const known = answersNow();
  const forEveryone = known?.get(file);
  if (forEveryone || (forEveryone === false && !viewer)) return forEveryone ? "everyone" : null;
  const [row] = avatar
    ? await select("avatar-in-sight", avatarSql, [avatar, viewer?.id ?? null], sightRow)
    : await select("picture-in-sight", pictureSql, [file, ...askerOf(viewer)], sightRow);
  if (!row) return null;
  keep(known, file, row.everyone);
  return row.everyone ? "everyone" : row.asker ? "asker" : null;
}

/** Who looks over an admin's shoulder sees what its person has published, and no draft of theirs. */
function askerOf(viewer: Viewer | null): [string | null, boolean, boolean] {
  return [viewer?.id ?? null, moderates(viewer), isImpersonated(viewer)];
}

const sightRow = z.object({ everyone: z.boolean(), asker: z.boolean() });

/** The one that somebody wears now; one that they took off, only for them. */
const avatarSql = `
  select u.avatar is not distinct from f.key as everyone, coalesce(f.owner_id = $2::uuid, false) as asker
    from uploads f join users u on u.id = f.owner_id
   where f.key = $1 and f.kind = 'avatar'`;

/** That a text shows the picture, in the words of its index. */
const shows = (body: string) => `${body} like '%/media/%' and picture_keys(${body}) @> array[$1]`;

/**
 * Everyone sees what stands in a text that everyone sees. Besides, the uploader sees it wherever it stands; moderators
 * in what is removed or waits, and in what a report has kept.
 */
const pictureSql = `
  with p as materialized (
    select id, author_id, status, deleted_at, removed_at from posts where ${shows("body")}
  ), c as materialized (
    select post_id, author_id, deleted_at, removed_at from comments where ${shows("body")}
  ), texts as materialized (
    select p.author_id, ${isPublic} as public from p where p.status = 'published' and p.deleted_at is null
    union all
    select c.author_id, c.removed_at is null and ${isPublic} from c join posts p on p.id = c.post_id
     where c.deleted_at is null and p.status = 'published' and p.deleted_at is null
  )
  select exists (select from texts where public) as everyone,
         exists (select from uploads where key = $1 and owner_id = $2::uuid)
             and (not $4 or exists (select from texts where author_id = $2::uuid))
           or $3 and (exists (select from texts)
                      or exists (select from reports where ${shows("(snapshot ->> 'body')")})) as asker`;

/** Whether everyone sees them, of the pictures that were asked for since the last change. */
let answers: { generation: number; kept: Map<string, boolean> } | undefined;
/** About a megabyte. */
const maxKept = 5_000;

/** What is known now; null while nobody would tell of changes. */
function answersNow(): Map<string, boolean> | null {
  const generation = contentGeneration();
  if (generation === null) return null;
  if (answers?.generation !== generation) answers = { generation, kept: new Map() };
  return answers.kept;
}

/** An answer that was found while something changed goes to those that nobody asks any more. */
function keep(known: Map<string, boolean> | null, file: string, everyone: boolean): void {
  if (!known) return;
  const [oldest] = known.keys();
  if (known.size >= maxKept && oldest !== undefined) known.delete(oldest);
  known.set(file, everyone);
}
