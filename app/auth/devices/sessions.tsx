import { Form, href } from "react-router";
import { listDevices, listTrusted } from "#app/auth/devices/devices.server.ts";
import type { SignedInDevice, Trusted } from "#app/auth/devices/devices.ts";
import { titled } from "#app/auth/page-title.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage, SettingsSection } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/sessions";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const [devices, trusted] = await Promise.all([listDevices(viewer), listTrusted(viewer)]);
  return { devices, trusted, ended: url.searchParams.has("ended") };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Devices", matches);

export default function Sessions({ loaderData: { devices, trusted, ended } }: Route.ComponentProps) {
  return (
    <SettingsPage title="Devices">
      {ended && (
        <p className="notice" role="status">
          Signed out. It is over there from the next click on.
        </p>
      )}
      <SettingsSection id="signed-in" title="Where you are signed in">
        <ul className="session-list">
          {devices.map((device) => (
            <Device key={device.id} device={device} />
          ))}
        </ul>
        {devices.length > 1 && (
          <Form method="post" action={href("/settings/sessions/end-others")} className="actions">
            <SubmitButton kind="danger" formAction={href("/settings/sessions/end-others")} busyText="Signing out">
              Sign out everywhere else
            </SubmitButton>
          </Form>
        )}
      </SettingsSection>
      {trusted.length > 0 && (
        <SettingsSection id="trusted" title="Browsers that are not asked for your second factor">
          <ul className="session-list">
            {trusted.map((device) => (
              <TrustedLine key={device.id} device={device} />
            ))}
          </ul>
          <p className="muted">Signing out everywhere else, or changing your password, ends this trust too.</p>
        </SettingsSection>
      )}
    </SettingsPage>
  );
}

function Device({ device: { id, device, network, createdAt, lastUsedAt, here } }: { device: SignedInDevice }) {
  const action = href("/settings/sessions/:sessionId/end", { sessionId: id });
  return (
    <li className="session-line">
      <div>
        <p>
          {device}
          {here && <strong> · this device</strong>}
        </p>
        <p className="muted">
          {network && `${network} · `}
          since <TimeAgo at={createdAt} /> · last used <TimeAgo at={lastUsedAt} />
        </p>
      </div>
      {!here && (
        <Form method="post" action={action}>
          <SubmitButton kind="plain" formAction={action} busyText="Signing out">
            Sign out<span className="sr-only"> {device}</span>
          </SubmitButton>
        </Form>
      )}
    </li>
  );
}

function TrustedLine({ device: { device, network, createdAt, expiresAt } }: { device: Trusted }) {
  return (
    <li>
      <p>{device}</p>
      <p className="muted">
        {network && `${network} · `}
        since <TimeAgo at={createdAt} /> · until <time dateTime={expiresAt}>{expiresAt.slice(0, 10)}</time>
      </p>
    </li>
  );
}
