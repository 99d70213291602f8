import { csvLine } from "#app/admin/csv.ts";
import { recordExport } from "#app/admin/looks.server.ts";
import { parseUserSearch } from "#app/admin/user-search.ts";
import { walkUsers } from "#app/admin/users.server.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { log } from "#app/server/log.server.ts";
import type { Route } from "./+types/users-csv";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin, requireFreshProof];

/** The list of people as a file, in the filters and the order of its address; a page of it at a time. */
export async function loader({ request, context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  await recordExport(viewer, factsOf(request), url.search.slice(0, 300));
  return new Response(streamOf(viewer, url.searchParams), {
    headers: {
      "Content-Type": "text/csv; charset=utf-8",
      "Content-Disposition": `attachment; filename="people-${new Date().toISOString().slice(0, 10)}.csv"`,
    },
  });
}

const head = ["username", "name", "email", "role", "banned", "banned until", "joined", "posts", "last seen"];

function streamOf(viewer: Viewer, params: URLSearchParams): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const pages = walkUsers(viewer, parseUserSearch(params));
  let begun = false;
  return new ReadableStream({
    async pull(controller) {
      try {
        if (!begun) {
          begun = true;
          // With the mark by which spreadsheets know the encoding.
          controller.enqueue(encoder.encode(`\uFEFF${csvLine(head)}`));
          return;
        }
        const { value: users, done } = await pages.next();
        if (done) return controller.close();
        const lines = users.map((user) =>
          csvLine([
            user.username,
            user.name,
            user.email,
            user.role,
            user.banned ? "yes" : "no",
            user.banExpiresAt,
            user.joinedAt,
            user.postCount,
            user.lastSeenAt,
          ]),
        );
        controller.enqueue(encoder.encode(lines.join("")));
      } catch (error) {
        log.warn({ err: error }, "a list of people was not sent whole");
        controller.error(error);
      }
    },
    async cancel() {
      await pages.return(undefined);
    },
  });
}
