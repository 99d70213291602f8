import type { RequestFacts } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { lockPeople } from "#app/moderation/lock-people.server.ts";
import type { ReasonForm } from "#app/moderation/moderation.ts";
import { recordAction } from "#app/moderation/moderation-log.server.ts";
import { type Refusal, whyNot } from "#app/moderation/policy.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { inTransaction } from "#app/server/database.server.ts";

/**
 * Signs a user out everywhere. Sessions that a ban ended stay as they are: they show why.
 * @returns what forbids it, and then nothing was changed; null when it is done
 * @throws a 404 response where nobody has that username
 */
export function endSessions(
  viewer: Viewer,
  username: string,
  { reason }: ReasonForm,
  facts: RequestFacts,
): Promise<Refusal | null> {
  return inTransaction(async (tx) => {
    const { moderator, user } = await lockPeople(tx, viewer, username);
    const refusal = whyNot("sessions", moderator, user);
    if (refusal) return refusal;
    const { count: trusted } = await tx.trustedDevice.deleteMany({ where: { userId: user.id } });
    const { count: ended } = await tx.session.deleteMany({
      where: { userId: user.id, banId: null, expiresAt: { gt: new Date() } },
    });
    if (ended === 0 && trusted === 0) return { because: "state", text: `@${user.username} is signed in nowhere.` };
    await recordAction(tx, { kind: "sessions", details: { ended }, moderator, subject: user, reason });
    await recordEvent(tx, "sessions-ended", { actorId: moderator.id, userId: user.id, ...facts, details: { ended } });
    return null;
  });
}
