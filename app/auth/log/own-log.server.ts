import { z } from "zod";
import { deviceOf } from "#app/auth/device.ts";
import type { Logged, LogPage } from "#app/auth/log/logged.ts";
import { networkOf } from "#app/auth/network.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { auditWords } from "#app/register/audit-event.ts";
import { select } from "#app/server/database.server.ts";
import { type Cursor, formatCursor } from "#app/ui/cursor.ts";

/** One page of what happened to the viewer's account, the latest first; one statement. */
export async function listLog(viewer: Viewer, after: Cursor | null, size = 30): Promise<LogPage> {
  const values = [viewer.id, size + 1, ...(after ? [after.at, after.id] : [])];
  const rows = await select(`own-log${after ? "-after" : ""}`, logSql(after !== null), values, logRow);
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return {
    events: shown.map(toLogged),
    next: rows.length > size && last ? formatCursor({ at: last.createdAt, id: last.id }) : null,
  };
}

function logSql(paged: boolean): string {
  return `
    select id, kind, created_at as "createdAt", actor_id is not null and actor_id <> user_id as "byOthers",
           ip_address as "ipAddress", user_agent as "userAgent"
      from audit_events
     where user_id = $1::uuid ${paged ? "and (created_at, id) < ($3::timestamptz, $4::uuid)" : ""}
     order by created_at desc, id desc limit $2`;
}

const logRow = z.object({
  id: z.string(),
  kind: z.string(),
  createdAt: z.date(),
  byOthers: z.boolean(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
});

/** Where somebody else acted, the address and the browser are theirs. */
function toLogged({ id, kind, createdAt, byOthers, ipAddress, userAgent }: z.infer<typeof logRow>): Logged {
  return {
    id,
    what: auditWords(kind),
    at: createdAt.toISOString(),
    byOthers,
    device: byOthers || !userAgent ? null : deviceOf(userAgent),
    network: byOthers ? null : networkOf(ipAddress),
  };
}
