import { withinBetterAuth } from "#app/auth/better-auth.server.ts";
import { type NewPasskey, savePasskey } from "#app/auth/passkeys/new-passkey.server.ts";
import { type Transaction, violatedConstraint } from "#app/server/database.server.ts";
import type { Role } from "#app/users/user.ts";
import { skeletonOf } from "#app/users/username.ts";

export interface NewUser {
  username: string;
  name: string;
  email: string;
  emailVerified: boolean;
  role: Role;
}

/** How a new member comes in from then on: by a password, or without one by a passkey or an account at another site. */
export type FirstWayIn =
  | { passwordHash: string }
  | { passkey: NewPasskey }
  | { provider: { providerId: string; accountId: string } };

/** A user and their way to sign in, through Better Auth and as a part of `tx`. @returns the user's id */
export async function createUser(tx: Transaction, user: NewUser, wayIn: FirstWayIn): Promise<string> {
  return withinBetterAuth(tx, async ({ createUser, createAccount }) => {
    const { id } = await createUser(
      { ...user, usernameKey: user.username.toLowerCase(), usernameSkeleton: skeletonOf(user.username) },
      { method: "email-password" },
    );
    if ("passkey" in wayIn) await savePasskey(tx, id, wayIn.passkey);
    else if ("provider" in wayIn) await createAccount({ userId: id, ...wayIn.provider });
    else await createAccount({ userId: id, accountId: id, providerId: "credential", password: wayIn.passwordHash });
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
