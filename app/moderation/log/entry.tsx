import { href } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { LogLine, logSentence } from "#app/moderation/log/log-words.tsx";
import { findLogEntry, namesAreShown } from "#app/moderation/log/public-log.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Link } from "#app/ui/link.tsx";
import { isAtLeast } from "#app/users/user.ts";
import type { Route } from "./+types/entry";

export async function loader({ params, context }: Route.LoaderArgs) {
  const viewer = context.get(viewerContext);
  const entry = await findLogEntry(params.actionId, await namesAreShown());
  return { entry, staff: viewer !== null && isAtLeast(viewer.role, "moderator") };
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  return [{ title: `${loaderData ? logSentence(loaderData.entry) : "Not found"} · ${root.loaderData.siteName}` }];
}

export default function Entry({ loaderData: { entry, staff } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <p className="back-link">
        <Link className="text-link" to={href("/moderation/log")}>
          Moderation log
        </Link>
      </p>
      <h1 className="sr-only">{logSentence(entry)}</h1>
      <LogLine entry={entry} toUndo={staff} />
    </PageColumns>
  );
}
