import type { Person } from "#app/auth/test-people.ts";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

/** A moderator warns, bans, silences … somebody. Returns the id of the action. */
export async function decideOn(
  moderator: Person,
  person: Pick<Person, "username" | "id">,
  noun: string,
  form: Record<string, string> = {},
): Promise<string> {
  const answer = await send(`/admin/users/${person.username}/${noun}`, {
    cookie: moderator.cookie,
    form: { reason: "Adverts again", ...form },
  });
  if (answer.status !== 302) throw new Error(`${noun} was answered with ${answer.status}`);
  return lastActionOn(person.id);
}

export async function lastActionOn(userId: string): Promise<string> {
  const { id } = await db.moderationAction.findFirstOrThrow({
    where: { subjectUserId: userId },
    orderBy: { createdAt: "desc" },
    select: { id: true },
  });
  return id;
}

/** Appeals, and returns the id of the appeal. */
export async function appeal(
  person: Pick<Person, "cookie">,
  actionId: string,
  body = "I sold nothing.",
): Promise<string> {
  const answer = await send(`/decisions/${actionId}/appeal`, { cookie: person.cookie, form: { body } });
  if (answer.status !== 302) throw new Error(`the appeal was answered with ${answer.status}`);
  return (await db.appeal.findUniqueOrThrow({ where: { actionId } })).id;
}

export function answerTo(
  moderator: Pick<Person, "cookie">,
  appealId: string,
  granted: boolean,
  more: { beforeStatement?: (text: string, index: number) => void } = {},
) {
  return send(`/moderation/appeals/${appealId}`, {
    cookie: moderator.cookie,
    form: { granted: String(granted), answer: "We looked at it again" },
    ...more,
  });
}
