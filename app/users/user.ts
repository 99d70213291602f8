export const roles = ["member", "moderator", "admin"] as const;
export type Role = (typeof roles)[number];

/** The face of a user that stands beside everything that they wrote. */
export interface UserSummary {
  username: string;
  name: string;
  /** where the picture is; always set, see avatarUrl */
  avatar: string;
}

/** A user's public face. Never the e-mail. */
export interface Profile extends UserSummary {
  bio: string;
  website: string | null;
  postCount: number;
  followerCount: number;
  followingCount: number;
  /** ISO, UTC */
  joinedAt: string;
  banned: boolean;
}

/** Whether a username is that of somebody who left: no page is theirs. The database lets nobody else have such a one. */
export function isGone(username: string): boolean {
  return username.startsWith("~");
}

/** The avatar column of such a one: a face that is nobody's, not even the one that was drawn for them. */
export const goneAvatar = "~";

/** The same question in SQL, of a column. */
export const notGone = (column: string) => `left(${column}, 1) <> '~'`;

/** Pixel widths in which an uploaded avatar is kept. */
export const avatarSizes = { small: 96, large: 320 } as const;

/** The address of a person's page. Written out, because lists ask for it 25 times a page and `href` is slow. */
export function userPath(username: string): string {
  return `/u/${username}`;
}

/**
 * The address of a user's picture: the uploaded one, or else one drawn from their id.
 * @param upload the avatar column: key of the upload without size, or null
 */
export function avatarUrl(
  user: { id: string; avatar: string | null },
  size: keyof typeof avatarSizes = "small",
): string {
  if (user.avatar === goneAvatar) return "/avatars/00000000-0000-0000-0000-000000000000.svg";
  return user.avatar ? `/media/${user.avatar}-${avatarSizes[size]}.webp` : `/avatars/${user.id}.svg`;
}

const rank: Record<Role, number> = { member: 0, moderator: 1, admin: 2 };

/** Whether one role is strictly above another: nobody acts on an equal or a higher one. */
export function outranks(role: Role, other: Role): boolean {
  return rank[role] > rank[other];
}

export function isAtLeast(role: Role, needed: Role): boolean {
  return rank[role] >= rank[needed];
}
