import { href } from "react-router";
import { titled } from "#app/auth/page-title.ts";
import { hasPassword } from "#app/auth/password/change-password.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage, SettingsSection } from "#app/settings/settings-page.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/security";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  return { hasPassword: await hasPassword(viewerOf(context)), done: url.searchParams.get("done") };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Security", matches);

/** What was just changed, in words. */
const done: Record<string, string> = {
  password: "Your password is changed, and every other device is signed out.",
};

export default function Security({ loaderData }: Route.ComponentProps) {
  return (
    <SettingsPage title="Security">
      {loaderData.done && done[loaderData.done] && (
        <p className="notice" role="status">
          {done[loaderData.done]}
        </p>
      )}
      <SettingsSection id="password" title="Password">
        <p>
          {loaderData.hasPassword ? "You sign in with a password." : "You have no password. You come in without one."}
        </p>
        <p className="actions">
          <Link className={buttonClass("plain")} to={href("/settings/security/password")}>
            {loaderData.hasPassword ? "Change the password" : "Choose a password"}
          </Link>
        </p>
      </SettingsSection>
    </SettingsPage>
  );
}
