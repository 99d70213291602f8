import { href } from "react-router";
import { LogList } from "#app/auth/log/log-list.tsx";
import { listLog } from "#app/auth/log/own-log.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { listPasskeys } from "#app/auth/passkeys/own-passkeys.server.ts";
import { hasPassword } from "#app/auth/password/change-password.server.ts";
import { listLinked } from "#app/auth/providers/linked.server.ts";
import { findSecondFactor } from "#app/auth/two-factor/enrolment.server.ts";
import { listImpersonations } from "#app/impersonation/impersonations.server.ts";
import { ImpersonationList } from "#app/impersonation/own-list.tsx";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage, SettingsSection } from "#app/settings/settings-page.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/security";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const [password, passkeys, secondFactor, providers, { events }, impersonations] = await Promise.all([
    hasPassword(viewer),
    listPasskeys(viewer),
    findSecondFactor(viewer),
    listLinked(viewer),
    listLog(viewer, null, 5),
    listImpersonations(viewer),
  ]);
  return {
    hasPassword: password,
    passkeys: passkeys.length,
    secondFactor,
    providers,
    events,
    impersonations,
    done: url.searchParams.get("done"),
  };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Security", matches);

/** What was just changed, in words. */
const done: Record<string, string> = {
  "second-factor-off": "Your second factor is off.",
  "recovery-stopped":
    "Your second factor stays. Whoever had asked for it knew your password or reads your mail: choose a new password, if that was not you.",
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
      <SettingsSection id="passkeys" title="Passkeys">
        <p>
          {loaderData.passkeys > 0
            ? `You have ${loaderData.passkeys === 1 ? "one" : loaderData.passkeys}. Each opens your account by itself, and counts as both factors.`
            : "None. With one you come in by your fingerprint, your face or the code of your device."}
        </p>
        <p className="actions">
          <Link className={buttonClass("plain")} to={href("/settings/security/passkeys")}>
            {loaderData.passkeys > 0 ? "Look after them" : "Set one up"}
          </Link>
        </p>
      </SettingsSection>
      <SettingsSection id="second-factor" title="Second factor">
        <p>
          {loaderData.secondFactor.since
            ? `On: signing in also asks for a code of your app. You have ${loaderData.secondFactor.backupCodesLeft} backup codes left.`
            : "Off. With one, nobody gets in with your password or your mailbox alone."}
        </p>
        <p className="actions">
          <Link className={buttonClass("plain")} to={href("/settings/security/two-factor")}>
            {loaderData.secondFactor.since ? "Look after it" : "Set it up"}
          </Link>
        </p>
      </SettingsSection>
      {loaderData.providers.length > 0 && (
        <SettingsSection id="providers" title="Linked sites">
          <p>
            {loaderData.providers
              .map(({ name, linkId }) => `${name}: ${linkId ? "linked, it signs you in." : "not linked."}`)
              .join(" ")}
          </p>
          <p className="actions">
            <Link className={buttonClass("plain")} to={href("/settings/security/providers")}>
              Look after them
            </Link>
          </p>
        </SettingsSection>
      )}
      {loaderData.impersonations.length > 0 && (
        <SettingsSection id="impersonations" title="Who saw the site as you do">
          <ImpersonationList impersonations={loaderData.impersonations} />
        </SettingsSection>
      )}
      <SettingsSection id="log" title="What happened lately">
        <LogList events={loaderData.events} />
        <p className="actions">
          <Link className="text-link" to={href("/settings/security/log")}>
            All that happened to your account
          </Link>
        </p>
      </SettingsSection>
    </SettingsPage>
  );
}
