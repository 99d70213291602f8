import { useEffect } from "react";
import { Form, href, useRevalidator } from "react-router";
import { titled } from "#app/auth/page-title.ts";
import { graceDays } from "#app/deletions/deletion.ts";
import { keptHours, type ShownExport, sizeInWords } from "#app/exports/export.ts";
import { listExports } from "#app/exports/exports.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage, SettingsSection } from "#app/settings/settings-page.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullMoment, TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/data";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  return { exports: await listExports(viewerOf(context)), stayed: url.searchParams.get("done") === "stayed" };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Your data", matches);

export default function YourData({ loaderData: { exports, stayed } }: Route.ComponentProps) {
  const underWay = exports.some(({ state }) => state === "under way");
  return (
    <SettingsPage title="Your data">
      {stayed && (
        <p className="notice" role="status">
          Your account stays. Everything is as it was.
        </p>
      )}
      <SettingsSection id="copy" title="A copy of your data">
        <p>
          {`Everything about you in one file: profile, posts, comments, drafts, pictures, settings and what happened to your account, as JSON and Markdown. It is kept for ${keptHours} hours, for you alone.`}
        </p>
        {exports.length > 0 && (
          <ul className="session-list">
            {exports.map((each) => (
              <Copy key={each.id} copy={each} />
            ))}
          </ul>
        )}
        {underWay ? (
          <LookAgain />
        ) : (
          <Form method="post" action={href("/settings/data/exports")} className="actions">
            <SubmitButton kind="plain" formAction={href("/settings/data/exports")} busyText="Asking">
              Make a copy
            </SubmitButton>
          </Form>
        )}
      </SettingsSection>
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

function Copy({ copy: { id, askedAt, progress, state, bytes, expiresAt } }: { copy: ShownExport }) {
  const label = `copy-${id}`;
  return (
    <li className="session-line">
      <p id={label}>
        {state === "failed" ? "This one could not be made. Ask for another one." : "Asked for"}{" "}
        <span className="muted">
          <TimeAgo at={askedAt} />
          {state === "ready" && expiresAt && `, here until ${fullMoment(expiresAt)}`}
        </span>
      </p>
      {state === "under way" && (
        <p className="export-progress">
          <progress max={100} value={progress} aria-labelledby={label} /> {`${progress} %`}
        </p>
      )}
      {state === "ready" && bytes !== null && (
        <a className={buttonClass("plain")} href={href("/settings/data/exports/:exportId", { exportId: id })} download>
          {`Fetch it (${sizeInWords(bytes)})`}
        </a>
      )}
    </li>
  );
}

const everyMs = 2_000;

/** Keeps the page up to date while something is under way, with scripts or without. */
function LookAgain() {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    const timer = setInterval(() => revalidate(), everyMs);
    return () => clearInterval(timer);
  }, [revalidate]);
  return (
    <>
      <noscript>
        <meta httpEquiv="refresh" content="3" />
      </noscript>
      <p className="muted">It is being made. You may leave this page: we mail you when it is ready.</p>
    </>
  );
}
