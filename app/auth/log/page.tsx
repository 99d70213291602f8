import { href } from "react-router";
import { LogList } from "#app/auth/log/log-list.tsx";
import { listLog } from "#app/auth/log/own-log.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { NextPage } from "#app/ui/pagination.tsx";
import type { Route } from "./+types/page";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  const after = parseCursor(url.searchParams.get("after"), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  return listLog(viewerOf(context), after);
}

export const meta: Route.MetaFunction = ({ matches }) => titled("What happened to your account", matches);

export default function Log({ loaderData: { events, next } }: Route.ComponentProps) {
  return (
    <SettingsPage title="What happened to your account">
      <p className="log-lead">
        Only you see this. If there is something that you did not do, choose a new password at once.
      </p>
      <LogList events={events} />
      <NextPage
        href={next && `${href("/settings/security/log")}?after=${next}`}
        label="Earlier"
        end="That is all of it."
      />
    </SettingsPage>
  );
}
