import type { Role, UserSummary } from "#app/users/user.ts";

/** A user as a line of the list. Times are ISO strings in UTC. */
export interface UserLine extends UserSummary {
  id: string;
  /** for admins only, else null */
  email: string | null;
  role: Role;
  banned: boolean;
  banExpiresAt: string | null;
  joinedAt: string;
  postCount: number;
  /** the last use of a session that still stands */
  lastSeenAt: string | null;
}

export interface UserPage {
  users: UserLine[];
  /** the cursor of the next page */
  next: string | null;
}

/** A user as their own page shows them to the people who keep the place. */
export interface UserRecord extends UserLine {
  bio: string;
  /** ISO; null where they write */
  silencedUntil: string | null;
  website: string | null;
  /** whether they only read at the moment */
  silenced: boolean;
  ban: { createdAt: string; expiresAt: string | null; moderatorUsername: string | null } | null;
}

/** A device on which a user is signed in; its token and its whole address stay in the database. */
export interface SessionLine {
  id: string;
  /** "Firefox on Windows" */
  device: string;
  /** the network, not the address: /24 or /48 */
  network: string | null;
  createdAt: string;
  lastUsedAt: string;
  /** a ban ended it; it opens the ban's page only */
  endedByBan: boolean;
}
