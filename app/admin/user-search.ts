import { z } from "zod";
import { roles } from "#app/users/user.ts";

/** The orders of the list of users, in the words of its form. */
export const sorts = {
  newest: "Newest first",
  oldest: "Oldest first",
  username: "By username",
  posts: "Most posts first",
} as const;
export type Sort = keyof typeof sorts;

const userSearch = z.object({
  /** words, each of which has to occur; at most 100 characters */
  q: z
    .string()
    .catch("")
    .transform((text) =>
      text
        .toWellFormed()
        .replace(/[\p{Cc}\p{Z}]+/gu, " ")
        .trim()
        .slice(0, 100),
    ),
  role: z.enum(roles).nullable().catch(null),
  status: z.enum(["active", "banned"]).nullable().catch(null),
  sort: z.enum(["newest", "oldest", "username", "posts"] satisfies Sort[]).catch("newest"),
});

/** What the list of users is asked for. */
export type UserSearch = z.infer<typeof userSearch>;

/** The search of a URL; what it does not understand it leaves out. */
export function parseUserSearch(params: URLSearchParams): UserSearch {
  return userSearch.parse(Object.fromEntries(["q", "role", "status", "sort"].map((name) => [name, params.get(name)])));
}

/** The query of a search without a place in it. */
export function queryOf({ q, role, status, sort }: UserSearch): URLSearchParams {
  const params = new URLSearchParams();
  if (q) params.set("q", q);
  if (role) params.set("role", role);
  if (status) params.set("status", status);
  if (sort !== "newest") params.set("sort", sort);
  return params;
}

/** The address of the page of that search that starts after a cursor. */
export function searchParamsOf(search: UserSearch, after: string): URLSearchParams {
  const params = queryOf(search);
  params.set("after", after);
  return params;
}
