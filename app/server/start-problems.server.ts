import { db } from "#app/server/database.server.ts";

/** What forbids serving this database in production, one line each; empty when nothing does. */
export async function findStartProblems(): Promise<string[]> {
  const demoAccount = await db.user.findFirst({
    where: { email: { endsWith: "@demo.example" } },
    select: { username: true },
  });
  return demoAccount
    ? [
        `The database holds demo accounts (such as ${demoAccount.username}), whose password is public. Use a database of its own for the real site.`,
      ]
    : [];
}
