import { data } from "react-router";
import { identifySession } from "#app/auth/sessions.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { Transaction } from "#app/server/database.server.ts";

/** What else is known of somebody who may still write. */
export interface Standing {
  /** they read and do not write until then; null: they write */
  silencedUntil: Date | null;
}

/**
 * The first statement of whatever the viewer writes. Between a request's head, by which the viewer was known, and the
 * end of its body they may have been banned or signed out. It holds their row and their session until `tx` ends, so
 * that a ban or an end of the session either comes before and is seen here, or waits for this write.
 *
 * The rows are taken in the order of every other act on people: the person first, then the session; and not only
 * shared, because a post is counted on its author's row later on, and two who share it would wait for each other.
 * @param evenBanned for the little that banned people do, see middleware/identify-viewer
 * @throws what the next request of theirs would be answered: the ban's page, or a 401 response
 */
export async function assertStillMay(
  tx: Transaction,
  viewer: Pick<Viewer, "id" | "sessionId">,
  { evenBanned = false } = {},
): Promise<Standing> {
  const [held] = await tx.$queryRaw<Standing[]>`
    select case when u.silenced_until > now() then u.silenced_until end as "silencedUntil"
      from users u join sessions s on s.user_id = u.id left join bans b on b.id = u.ban_id
     where u.id = ${viewer.id}::uuid and s.id = ${viewer.sessionId}::uuid
       and s.expires_at > now()
       and (s.ban_id is null and (not u.banned or b.expires_at <= now())
            or ${evenBanned} and u.banned and (b.expires_at is null or b.expires_at > now())
               and (s.ban_id is null or s.ban_id = u.ban_id))
       for no key update of u for share of s`;
  if (held) return held;
  const { ban } = await identifySession(tx, viewer.sessionId);
  if (ban) throw data({ ban }, { status: 403, statusText: "Banned" });
  throw data(null, { status: 401, statusText: "Unauthorized" });
}
