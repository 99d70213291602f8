import { randomBytes } from "node:crypto";
import { sessionCookie } from "#app/auth/session-cookie.server.ts";
import { db } from "#app/server/database.server.ts";
import type { Role } from "#app/users/user.ts";
import { skeletonOf } from "#app/users/username.ts";

export interface Person {
  id: string;
  username: string;
  name: string;
  email: string;
  role: Role;
  password: string;
  /** the Cookie header of a session of theirs, for `send` */
  cookie: string;
}

/** The password of everyone whom `createPerson` makes. */
export const testPassword = "walk, read and talk";

/** Of `testPassword`, at a cost that is only good for tests. */
const testPasswordHash =
  "$argon2id$v=19$m=64,t=1,p=1$c3RvYS10ZXN0LXBlb3BsZQ$dhyPSpButv7vOJ2sP989slSPQhsKjue536OzRY4PvX0";

/** A person with a password and a session, straight into the test's database. */
export async function createPerson({
  username,
  name = username,
  email = `${username.toLowerCase()}@example.org`,
  role = "member",
}: {
  username: string;
  name?: string;
  email?: string;
  role?: Role;
}): Promise<Person> {
  const { id } = await db.user.create({
    data: {
      username,
      usernameKey: username.toLowerCase(),
      usernameSkeleton: skeletonOf(username),
      name,
      email,
      emailVerified: true,
      role,
    },
    select: { id: true },
  });
  await db.account.create({
    data: { userId: id, accountId: id, providerId: "credential", password: testPasswordHash },
  });
  return { id, username, name, email, role, password: testPassword, cookie: await createSession(id) };
}

/** One more session of a person, as on another device; returns its Cookie header. */
export async function createSession(userId: string): Promise<string> {
  const token = randomBytes(24).toString("base64url");
  await db.session.create({ data: { userId, token, expiresAt: new Date(Date.now() + 86_400_000) } });
  return sessionCookie(token).split(";")[0] ?? "";
}
