import { Form, href } from "react-router";
import type { OwnAddress } from "#app/auth/account/account.ts";
import { listAddresses } from "#app/auth/account/addresses.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage, SettingsSection } from "#app/settings/settings-page.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/settings";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  return {
    username: viewer.username,
    addresses: await listAddresses(viewer),
    done: url.searchParams.get("done"),
  };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Account", matches);

/** What was just changed, in words. */
const done: Record<string, string> = {
  username: "Your username is changed. Links to the former one lead to you.",
  added: "The address is added.",
  primary: "Your mail goes there from now on. The former address was told, and can take it back for a week.",
  removed: "The address is taken away.",
};

export default function Settings({ loaderData }: Route.ComponentProps) {
  const said = loaderData.done && done[loaderData.done];
  return (
    <SettingsPage title="Account">
      {said && (
        <p className="notice" role="status">
          {said}
        </p>
      )}
      <SettingsSection id="username" title="Username">
        <p>{`@${loaderData.username}`}</p>
        <p className="actions">
          <Link className={buttonClass("plain")} to={href("/settings/account/username")}>
            Change it
          </Link>
        </p>
      </SettingsSection>
      <SettingsSection id="addresses" title="E-mail addresses">
        <p className="muted">Nobody else sees them. You come in with any of them; mails go to the primary one.</p>
        <ul className="address-list">
          {loaderData.addresses.map((address) => (
            <Address key={address.id} address={address} />
          ))}
        </ul>
        <p className="actions">
          <Link className={buttonClass("plain")} to={href("/settings/account/addresses")}>
            Add an address
          </Link>
        </p>
      </SettingsSection>
    </SettingsPage>
  );
}

function Address({ address: { id, email, primary, verified } }: { address: OwnAddress }) {
  const params = { addressId: id };
  const primacy = href("/settings/account/addresses/:addressId/primary", params);
  const removal = href("/settings/account/addresses/:addressId/removal", params);
  return (
    <li className="session-line">
      <p className="address">
        {email}
        <span className="muted">
          {[primary && " · primary", !verified && " · not proved yet"].filter(Boolean).join("")}
        </span>
      </p>
      {!primary && (
        <div className="address-acts">
          {verified && (
            <Form method="post" action={primacy}>
              <SubmitButton kind="plain" formAction={primacy}>
                Make primary<span className="sr-only"> {email}</span>
              </SubmitButton>
            </Form>
          )}
          <Form method="post" action={removal}>
            <SubmitButton kind="quiet" formAction={removal}>
              Remove<span className="sr-only"> {email}</span>
            </SubmitButton>
          </Form>
        </div>
      )}
    </li>
  );
}
