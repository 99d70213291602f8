import { useState } from "react";
import { href, useSubmit } from "react-router";
import { makePasskey, usePasskeySupport } from "#app/auth/passkeys/browser-passkeys.ts";
import { FormErrors } from "#app/ui/field.tsx";

/** The last step of joining without any password; there only where scripts run and the browser knows passkeys. */
export function JoinByPasskey({ formId }: { formId: string }) {
  const supported = usePasskeySupport();
  const submit = useSubmit();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  async function joinBy(form: HTMLFormElement) {
    setBusy(true);
    setProblem(null);
    const sent = new FormData(form);
    sent.delete("password");
    const about = new FormData();
    for (const name of ["username", "name"]) about.set(name, sent.get(name) ?? "");
    const asked = await makePasskey(href("/join/profile/passkey-options"), about);
    if (asked.is === "problem") setProblem(asked.problem);
    else {
      // Without one the form is sent all the same: its answer says what is wrong with it.
      sent.set("passkey", asked.is === "answer" ? asked.json : "");
      await submit(sent, { method: "post", action: href("/join/profile"), encType: "multipart/form-data" });
    }
    setBusy(false);
  }

  if (!supported) return null;
  return (
    <div className="passkey-way">
      <p className="muted">Or join without a password: your device keeps a passkey, which nobody can guess.</p>
      <FormErrors id="passkey-errors" errors={problem ? [problem] : undefined} />
      <button
        type="button"
        form={formId}
        className="button plain"
        aria-disabled={busy || undefined}
        onClick={(event) => {
          const { form } = event.currentTarget;
          if (form && !busy) joinBy(form);
        }}
      >
        {busy ? "Making your passkey" : "Use a passkey instead"}
      </button>
    </div>
  );
}
