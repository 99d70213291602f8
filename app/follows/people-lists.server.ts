import { z } from "zod";
import type { Viewer } from "#app/auth/viewer.ts";
import type { ListedPerson, PeoplePage } from "#app/follows/follow.ts";
import { notMuted } from "#app/mutes/conditions.server.ts";
import { select } from "#app/server/database.server.ts";
import { formatCursor, parseCursor } from "#app/ui/cursor.ts";
import { avatarUrl } from "#app/users/user.ts";

export const peoplePageSize = 50;

/** The followers of somebody, or the people whom they follow; the newest follow first. */
export type PeopleList = "followers" | "following";

/** One page of a list of people with names and pictures, and whether the viewer follows them: one statement. */
export async function listPeople(
  list: PeopleList,
  userId: string,
  viewer: Viewer | null,
  after: string | null,
): Promise<PeoplePage> {
  const cursor = parseCursor(after, uuidPattern);
  const values = [viewer?.id ?? null, peoplePageSize + 1, userId, cursor?.at ?? "infinity", cursor?.id ?? null];
  const rows = await select(`people-${list}`, listSql(list), values, personRow);
  const last = rows[peoplePageSize - 1];
  return {
    people: rows.slice(0, peoplePageSize).map((row) => toPerson(row, viewer)),
    next: rows.length > peoplePageSize && last ? formatCursor({ at: last.followedAt, id: last.id }) : null,
  };
}

const uuidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function listSql(list: PeopleList): string {
  const [of, person] = list === "followers" ? ["followee_id", "follower_id"] : ["follower_id", "followee_id"];
  return `
    select u.id, u.username, u.name, u.avatar, u.bio, listed.created_at as "followedAt",
           mine.follower_id is not null as followed
      from (select f.${person} as id, f.created_at from follows f
             where f.${of} = $3::uuid and ${notMuted("$1", `f.${person}`)}
               and f.created_at <= $4::timestamptz and (f.created_at < $4::timestamptz or f.${person} > $5::uuid)
             order by f.created_at desc, f.${person} limit $2) listed
      join users u on u.id = listed.id
      left join follows mine on mine.follower_id = $1::uuid and mine.followee_id = listed.id
     order by listed.created_at desc, listed.id`;
}

const personColumns = {
  id: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  bio: z.string(),
  followed: z.boolean(),
};

const personRow = z.object({ ...personColumns, followedAt: z.date() });

function toPerson({ id, avatar, ...row }: z.infer<typeof personRow>, viewer: Viewer | null): ListedPerson {
  const { username, name, bio, followed } = row;
  return { username, name, bio, followed, avatar: avatarUrl({ id, avatar }), self: id === viewer?.id };
}
