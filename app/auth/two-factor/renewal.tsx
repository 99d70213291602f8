import { href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { BackupCodes } from "#app/auth/two-factor/backup-codes.tsx";
import { renewBackupCodes } from "#app/auth/two-factor/enrolment.server.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import type { Route } from "./+types/renewal";

/** The codes are the answer to the form, and to nothing else. */
const onlyAnswers: Route.MiddlewareFunction = ({ request }) => {
  if (request.method !== "POST") throw redirect(href("/settings/security/two-factor"));
};

export const middleware: Route.MiddlewareFunction[] = [requireViewer, onlyAnswers, requireFreshProof];

export async function action({ request, context }: Route.ActionArgs) {
  const codes = await renewBackupCodes(viewerOf(context), factsOf(request));
  if (!codes) throw redirect(href("/settings/security/two-factor"));
  return { codes };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Backup codes", matches);

export default function Renewal({ actionData }: Route.ComponentProps) {
  if (!actionData) return null;
  return (
    <SettingsPage title="Backup codes">
      <BackupCodes codes={actionData.codes} />
    </SettingsPage>
  );
}
