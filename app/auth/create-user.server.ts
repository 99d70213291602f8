import { withinBetterAuth } from "#app/auth/better-auth.server.ts";
import { type Transaction, violatedConstraint } from "#app/server/database.server.ts";
import type { Role } from "#app/users/user.ts";
import { skeletonOf } from "#app/users/username.ts";

export interface NewUser {
  username: string;
  name: string;
  email: string;
  emailVerified: boolean;
  role: Role;
  /** left out by who comes in another way */
  passwordHash?: string;
  /** the account at another site by which they come in */
  provider?: { providerId: string; accountId: string };
}

/** A user and their way to sign in, through Better Auth and as a part of `tx`. @returns the user's id */
export async function createUser(tx: Transaction, { passwordHash, provider, ...user }: NewUser): Promise<string> {
  return withinBetterAuth(tx, async ({ createUser, createAccount }) => {
    const { id } = await createUser(
      { ...user, usernameKey: user.username.toLowerCase(), usernameSkeleton: skeletonOf(user.username) },
      { method: "email-password" },
    );
    if (passwordHash) {
      await createAccount({ userId: id, accountId: id, providerId: "credential", password: passwordHash });
    }
    if (provider) await createAccount({ userId: id, ...provider });
    return id;
  });
}

/** Which field of a form the database has refused because somebody has it; null for any other error. */
export function takenField(error: unknown): { field: "username" | "email"; message: string } | null {
  const constraint = violatedConstraint(error);
  if (constraint?.includes("username_key")) return { field: "username", message: "That username is taken." };
  if (constraint?.includes("username_skeleton")) {
    return { field: "username", message: "That username is taken: another one looks the same." };
  }
  if (constraint?.includes("email")) return { field: "email", message: "That address is taken." };
  return null;
}
