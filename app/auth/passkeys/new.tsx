import { type SubmitEvent, useState } from "react";
import { data, Form, href, redirect, useSubmit } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { readCeremonyToken } from "#app/auth/ceremonies.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { makePasskey, usePasskeySupport } from "#app/auth/passkeys/browser-passkeys.ts";
import { addPasskey } from "#app/auth/passkeys/own-passkeys.server.ts";
import { passkeyName } from "#app/auth/passkeys/passkey.ts";
import { readNewPasskey } from "#app/auth/passkeys/responses.server.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import { useHydrated } from "#app/ui/use-hydrated.ts";
import type { Route } from "./+types/new";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, requireFreshProof];

export function loader() {
  return null;
}

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const response = readNewPasskey(form.get("passkey"));
  const token = readCeremonyToken("passkey-new", request);
  const name = passkeyName.safeParse(form.get("name")).data ?? null;
  const problem = await addPasskey(viewerOf(context), { response, token, name }, browserOf(request));
  if (problem) return data({ problem }, { status: 400 });
  return redirect(`${href("/settings/security/passkeys")}?done=added`);
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Add a passkey", matches);

export default function New({ actionData }: Route.ComponentProps) {
  const submit = useSubmit();
  const hydrated = useHydrated();
  const supported = usePasskeySupport();
  const [problem, setProblem] = useState<string | null>(null);

  async function make(event: SubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    setProblem(null);
    const asked = await makePasskey(href("/settings/security/passkeys/options"));
    if (asked.is === "problem") setProblem(asked.problem);
    if (asked.is !== "answer") return;
    const sent = new FormData(form);
    sent.set("passkey", asked.json);
    await submit(sent, { method: "post" });
  }

  const said = problem ?? actionData?.problem;
  return (
    <SettingsPage title="Add a passkey">
      <p className="passkey-lead">
        With a passkey you come in by your fingerprint, your face or the code of your device, and it counts as both
        factors. Nobody can guess it, and it works on this site only.
      </p>
      <noscript>
        <p className="notice">
          Making a passkey needs scripts, for your browser itself has to talk with your device. Turn them on for this
          page; everything else works without them.
        </p>
      </noscript>
      {hydrated && !supported && (
        <p className="notice">This browser knows no passkeys. Another one, or a newer one, does.</p>
      )}
      {supported && (
        <Form method="post" className="form" onSubmit={make}>
          <FormErrors id="passkey-errors" errors={said ? [said] : undefined} />
          <Field
            id="passkey-name"
            name="name"
            label="Name"
            hint="If you like, so that you know it again: “Phone”, for example."
            maxLength={60}
            autoComplete="off"
          />
          <SubmitButton busyText="Adding it">Make the passkey</SubmitButton>
        </Form>
      )}
    </SettingsPage>
  );
}
