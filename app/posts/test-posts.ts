import type { Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send, type TestResponse } from "#app/server/test-request.ts";

/** A post as the editor sends it. */
export const post = {
  title: "A year of rain",
  body: "It *rained*.",
  tags: "weather, garden",
  url: "",
  status: "published",
};

/** Publishes a post through its form; returns its id. */
export async function publish(person: Person, fields: Record<string, string> = {}): Promise<number> {
  const answer = await send("/new", { cookie: person.cookie, form: { ...post, ...fields } });
  if (answer.status !== 302) throw new Error(`the post was not taken: ${answer.status}`);
  return idIn(answer);
}

/** The id of the post that an answer leads to. */
export function idIn(answer: TestResponse): number {
  return Number(/^\/p\/(\d+)/.exec(answer.headers.get("location") ?? "")?.[1]);
}

/** A post as the database has it. */
export function stored(id: number) {
  return db.post.findUniqueOrThrow({ where: { id } });
}
