import { z } from "zod";
import { select } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { reserved, skeletonOf, suggestUsernames, usernameProblem } from "#app/users/username.ts";

/** Whether a username is the name that this site has been given. */
export function isSiteName(username: string): boolean {
  return bare(username) === bare(settings().siteName.replace(/[^A-Za-z0-9]+/g, "-"));
}

/** Why somebody who asks now cannot have that username; null where it is free. */
export async function findUsernameProblem(username: string): Promise<string | null> {
  const problem = usernameProblem(username) ?? (isSiteName(username) ? reserved : null);
  if (problem) return problem;
  const taken = await listTaken([username]);
  if (taken.some(({ key }) => key === reservedKey)) return reserved;
  if (taken.some(({ key }) => key === "" || key === username.toLowerCase())) return "That username is taken.";
  return taken.length > 0 ? "That username is taken: another one looks the same." : null;
}

/** A few usernames that are free now and are made of what is known of the person. */
export async function listFreeUsernames(...from: string[]): Promise<string[]> {
  const wishes = suggestUsernames(...from)
    .filter((wish) => !isSiteName(wish))
    .slice(0, 24);
  if (wishes.length === 0) return [];
  const taken = new Set((await listTaken(wishes)).map(({ skeleton }) => skeleton));
  return wishes.filter((wish) => !taken.has(skeletonOf(wish))).slice(0, 3);
}

/** Stands in the list of taken names for what the admins have reserved; it is nobody's key. */
const reservedKey = "*";

function listTaken(usernames: string[]) {
  return select("taken-usernames", takenSql, [usernames.map(skeletonOf)], takenRow);
}

/** Who has the same username has the same skeleton. What somebody gave up lately is held; of who left, without its name. */
const takenSql = `
  select username_key as key, username_skeleton as skeleton from users where username_skeleton = any($1::text[])
  union all
  select username_key, skeleton from held_usernames where skeleton = any($1::text[]) and held_until > now()
  union all
  select '', skeleton from unnest($1::text[]) skeleton
    join released_usernames on skeleton_hash = hash_of_skeleton(skeleton) where held_until > now()
  union all
  select '${reservedKey}', wish from unnest($1::text[]) wish
    join reserved_names r on r.skeleton = replace(wish, '-', '')`;

const takenRow = z.object({ key: z.string(), skeleton: z.string() });

function bare(username: string): string {
  return skeletonOf(username).replaceAll("-", "");
}
