import { z } from "zod";
import type { UserLine, UserPage } from "#app/admin/user-record.ts";
import type { Sort, UserSearch } from "#app/admin/user-search.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { seesEmails } from "#app/moderation/policy.ts";
import { select } from "#app/server/database.server.ts";
import { formatCursor, parseCursor } from "#app/ui/cursor.ts";
import { avatarUrl, roles } from "#app/users/user.ts";

/** Users on one page of the list. */
export const userPageSize = 50;

/**
 * One page of users in one statement. The page is cut first, by keyset, and joined with bans and sessions then.
 * A moderator neither gets e-mail addresses nor finds anybody by one.
 */
export async function listUsers(
  viewer: Viewer,
  search: UserSearch,
  after: string | null,
  pageSize = userPageSize,
): Promise<UserPage> {
  const { text, values } = usersSql(search, after, seesEmails(viewer), pageSize);
  // Without a name, so that each search is planned for its own words.
  const rows = await select("", text, values, userRow);
  const users = rows.slice(0, pageSize);
  const last = users.at(-1);
  return {
    users: users.map(toUserLine),
    next: rows.length > pageSize && last ? orders[search.sort].cursorOf(last) : null,
  };
}

const bannedNow = "u.banned and (b.expires_at is null or b.expires_at > now())";
/** The columns of a line of the list; `userJoins` brings their tables to `users u`. */
export const userColumns = `
  u.id, u.username, u.name, u.avatar, u.role, u.created_at as "joinedAt", u.post_count as "postCount",
  coalesce(${bannedNow}, false) as banned, b.expires_at as "banExpiresAt", seen.at as "lastSeenAt"`;
export const userJoins = `
  left join bans b on b.id = u.ban_id
  left join lateral (select max(s.updated_at) as at from sessions s where s.user_id = u.id) seen on true`;

/** Everybody whom a search finds, a thousand at a time: each page is one statement, and none holds the others up. */
export async function* walkUsers(viewer: Viewer, search: UserSearch): AsyncGenerator<UserLine[], undefined> {
  for (let after: string | null = null; ; ) {
    const page: UserPage = await listUsers(viewer, search, after, 1_000);
    yield page.users;
    if (page.next === null) return;
    after = page.next;
  }
}

function usersSql(
  search: UserSearch,
  after: string | null,
  withEmails: boolean,
  pageSize: number,
): { text: string; values: unknown[] } {
  const values: unknown[] = [];
  const param = (value: unknown) => `$${values.push(value)}`;
  const order = orders[search.sort];
  const place = after === null ? null : order.placeOf(after);
  const conditions = [
    ...wordsOf(search.q).map((word) => contains(withEmails ? "everything" : "face", word, param)),
    search.role && `u.role = ${param(search.role)}::role`,
    search.status === "banned" && `u.banned and exists (${standingBan})`,
    search.status === "active" && `not exists (${standingBan})`,
    place && order.after(place.map(param)),
  ].filter(Boolean);
  const where = conditions.length > 0 ? `where ${conditions.join("\n and ")}` : "";
  const text = `
    select ${userColumns}, ${withEmails ? "u.email" : "null as email"}
      from (select * from users u ${where} order by ${order.by} limit ${pageSize + 1}) u ${userJoins}
     order by ${order.by}`;
  return { text, values };
}

const standingBan = `select 1 from bans b where b.id = u.ban_id and ${bannedNow}`;

/** The first five words, without the @ of a username. */
function wordsOf(q: string): string[] {
  return q
    .split(" ")
    .map((word) => word.replace(/^@/, ""))
    .filter(Boolean)
    .slice(0, 5);
}

/** The texts that are searched, each as its index has it: users_search, users_search_faces. */
const texts = {
  everything: "(u.username || ' ' || u.name || ' ' || u.email)",
  face: "(u.username || ' ' || u.name)",
} as const;

/** One word somewhere in a text. One or two Latin letters are too few for the index: they have to begin a word. */
function contains(text: keyof typeof texts, word: string, param: (value: unknown) => string): string {
  const literal = word.replace(/[\\%_]/g, "\\$&");
  const patterns = /^[!-~]{1,2}$/.test(word) ? [`${literal}%`, `% ${literal}%`] : [`%${literal}%`];
  return `(${patterns.map((pattern) => `${texts[text]} ilike ${param(pattern)}`).join(" or ")})`;
}

interface Order {
  by: string;
  /** the rows after a place, whose values are these parameters */
  after: (place: string[]) => string;
  /** the values of a cursor; null for anything that is none */
  placeOf: (cursor: string) => unknown[] | null;
  cursorOf: (last: z.infer<typeof userRow>) => string;
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const byTime: Pick<Order, "placeOf" | "cursorOf"> = {
  placeOf: (cursor) => {
    const place = parseCursor(cursor, uuid);
    return place && [place.at, place.id];
  },
  cursorOf: ({ joinedAt, id }) => formatCursor({ at: joinedAt, id }),
};

const orders: Record<Sort, Order> = {
  newest: {
    by: "u.created_at desc, u.id desc",
    after: ([at, id]) => `(u.created_at, u.id) < (${at}::timestamptz, ${id}::uuid)`,
    ...byTime,
  },
  oldest: {
    by: "u.created_at, u.id",
    after: ([at, id]) => `(u.created_at, u.id) > (${at}::timestamptz, ${id}::uuid)`,
    ...byTime,
  },
  username: {
    by: "u.username_key",
    after: ([key]) => `u.username_key > ${key}`,
    placeOf: (cursor) => (/^[a-z0-9_-]{1,40}$/.test(cursor) ? [cursor] : null),
    cursorOf: ({ username }) => username.toLowerCase(),
  },
  posts: {
    by: "u.post_count desc, u.id desc",
    after: ([count, id]) => `(u.post_count, u.id) < (${count}::int, ${id}::uuid)`,
    placeOf: (cursor) => {
      const [, count, id = ""] = /^(\d{1,9})-(.{36})$/.exec(cursor) ?? [];
      return uuid.test(id) ? [Number(count), id] : null;
    },
    cursorOf: ({ postCount, id }) => `${postCount}-${id}`,
  },
};

export const userRow = z.object({
  id: z.string(),
  username: z.string(),
  name: z.string(),
  avatar: z.string().nullable(),
  email: z.string().nullable(),
  role: z.enum(roles),
  banned: z.boolean(),
  banExpiresAt: z.date().nullable(),
  joinedAt: z.date(),
  postCount: z.number(),
  lastSeenAt: z.date().nullable(),
});

export function toUserLine(row: z.infer<typeof userRow>): UserLine {
  const { id, username, name, email, role, banned, postCount } = row;
  return {
    id,
    username,
    name,
    avatar: avatarUrl(row),
    email,
    role,
    banned,
    banExpiresAt: banned ? (row.banExpiresAt?.toISOString() ?? null) : null,
    joinedAt: row.joinedAt.toISOString(),
    postCount,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
  };
}
