import { Form, href } from "react-router";
import { titled } from "#app/auth/page-title.ts";
import { listPasskeys } from "#app/auth/passkeys/own-passkeys.server.ts";
import type { OwnPasskey } from "#app/auth/passkeys/passkey.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/settings";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  return { passkeys: await listPasskeys(viewerOf(context)), done: url.searchParams.get("done") };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Passkeys", matches);

/** What was just done, in words. */
const done: Record<string, string> = {
  added: "The passkey is added. You can come in with it from now on.",
  renamed: "The passkey has its new name.",
  removed: "The passkey is removed. Delete it on your device too: it opens nothing here any more.",
  "last-way-in": "That passkey is your last way in. Choose a password or add another passkey first.",
};

export default function Settings({ loaderData: { passkeys, done: what } }: Route.ComponentProps) {
  const said = what && done[what];
  return (
    <SettingsPage title="Passkeys">
      {said && (
        <p className="notice" role="status">
          {said}
        </p>
      )}
      {passkeys.length === 0 ? (
        <p className="passkey-lead">
          You have none yet. With a passkey you come in by your fingerprint, your face or the code of your device,
          without any password.
        </p>
      ) : (
        <ul className="passkey-list">
          {passkeys.map((passkey) => (
            <Passkey key={passkey.id} passkey={passkey} />
          ))}
        </ul>
      )}
      <p className="actions">
        <Link
          className={buttonClass(passkeys.length === 0 ? "primary" : "plain")}
          to={href("/settings/security/passkeys/new")}
        >
          Add a passkey
        </Link>
      </p>
    </SettingsPage>
  );
}

function Passkey({ passkey: { id, name, createdAt, lastUsedAt, backedUp } }: { passkey: OwnPasskey }) {
  const removal = href("/settings/security/passkeys/:passkeyId/removal", { passkeyId: id });
  return (
    <li className="session-line">
      <div>
        <p className="passkey-name">{name}</p>
        <p className="muted">
          made <TimeAgo at={createdAt} /> · {lastUsedAt ? "last used " : "not used yet"}
          {lastUsedAt && <TimeAgo at={lastUsedAt} />}
          {backedUp && " · kept by your password manager"}
        </p>
      </div>
      <div className="passkey-acts">
        <Link
          className={buttonClass("plain")}
          to={href("/settings/security/passkeys/:passkeyId/name", { passkeyId: id })}
        >
          Rename<span className="sr-only"> {name}</span>
        </Link>
        <Form method="post" action={removal}>
          <SubmitButton kind="quiet" formAction={removal}>
            Remove<span className="sr-only"> {name}</span>
          </SubmitButton>
        </Form>
      </div>
    </li>
  );
}
