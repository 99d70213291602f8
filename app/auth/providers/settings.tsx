import { Form, href } from "react-router";
import { titled } from "#app/auth/page-title.ts";
import { findWaiting, type LinkedProvider, listLinked } from "#app/auth/providers/linked.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage, SettingsSection } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/settings";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ request, context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const [linked, waiting] = await Promise.all([listLinked(viewer), findWaiting(viewer, request)]);
  return { linked, waiting, done: url.searchParams.get("done") };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Linked sites", matches);

export default function Settings({ loaderData: { linked, waiting, done } }: Route.ComponentProps) {
  const said = wordsFor(done, linked);
  return (
    <SettingsPage title="Linked sites">
      {said && (
        <p className="notice" role="status">
          {said}
        </p>
      )}
      {waiting && (
        <SettingsSection id="waiting" title={`Is this you at ${waiting.name}?`}>
          <p>
            {`${waiting.name} has vouched in this browser for somebody with your address `}
            <span className="entry-address">{waiting.email}</span>. Link them only if they are you.
          </p>
          <Form method="post" action={href("/settings/security/providers/waiting")} className="actions">
            <SubmitButton
              formAction={href("/settings/security/providers/waiting")}
            >{`Link ${waiting.name}`}</SubmitButton>
          </Form>
        </SettingsSection>
      )}
      <p className="settings-lead muted">
        {linked.length > 0
          ? "Whoever is signed in at a linked site as you gets in here as you. We keep nothing that would let us in there."
          : "This site lets nobody in by another site."}
      </p>
      <ul className="address-list">
        {linked.map((provider) => (
          <Provider key={provider.key} provider={provider} />
        ))}
      </ul>
    </SettingsPage>
  );
}

function wordsFor(done: string | null, linked: LinkedProvider[]): string | null {
  if (done === "unlinked") return "It is unlinked, and lets you in no more.";
  const name = linked.find(({ key, linkId }) => linkId !== null && done === `linked-${key}`)?.name;
  return name ? `${name} is linked. You can sign in with it.` : null;
}

function Provider({ provider: { key, name, linkId, since } }: { provider: LinkedProvider }) {
  const linking = href("/settings/security/providers/:provider/link", { provider: key });
  const removal = href("/settings/security/providers/:linkId/removal", { linkId: linkId ?? "" });
  return (
    <li className="session-line">
      <p className="address">
        {name}
        <span className="muted">
          {since ? (
            <>
              {" "}
              · linked <TimeAgo at={since} />
            </>
          ) : (
            " · not linked"
          )}
        </span>
      </p>
      <div className="address-acts">
        {linkId === null ? (
          <Form method="post" action={linking} reloadDocument>
            <SubmitButton kind="plain" formAction={linking}>{`Link ${name}`}</SubmitButton>
          </Form>
        ) : (
          <Form method="post" action={removal}>
            <SubmitButton kind="quiet" formAction={removal}>
              Unlink<span className="sr-only"> {name}</span>
            </SubmitButton>
          </Form>
        )}
      </div>
    </li>
  );
}
