import { href } from "react-router";
import { titled } from "#app/auth/page-title.ts";
import { graceDays } from "#app/deletions/deletion.ts";
import { requireViewer } from "#app/middleware/require-viewer.ts";
import { SettingsPage, SettingsSection } from "#app/settings/settings-page.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/data";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export function loader({ url }: Route.LoaderArgs) {
  return { stayed: url.searchParams.get("done") === "stayed" };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Your data", matches);

export default function YourData({ loaderData: { stayed } }: Route.ComponentProps) {
  return (
    <SettingsPage title="Your data">
      {stayed && (
        <p className="notice" role="status">
          Your account stays. Everything is as it was.
        </p>
      )}
      <SettingsSection id="deletion" title="Delete your account">
        <p>{`You disappear at once, and have ${graceDays} days to change your mind.`}</p>
        <p className="actions">
          <Link className={buttonClass("plain")} to={href("/settings/data/deletion")}>
            Delete your account
          </Link>
        </p>
      </SettingsSection>
    </SettingsPage>
  );
}
