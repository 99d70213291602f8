import { useEffect, useState } from "react";
import { useFetcher } from "react-router";
import { askForPasskey, offerPasskeys, stopOffering, usePasskeySupport } from "#app/auth/passkeys/browser-passkeys.ts";
import { FormErrors } from "#app/ui/field.tsx";

/** What was asked for is good for five minutes. */
const offerAgainMs = 4 * 60_000;

/** Shows who one is by a passkey; there only where scripts run and the browser knows passkeys. */
export function PasskeyButton({
  optionsPath,
  action,
  redirectTo,
  autofill = false,
}: {
  optionsPath: string;
  /** where the signature goes */
  action: string;
  redirectTo: string;
  /** passkeys are also offered in the page's field for the username */
  autofill?: boolean;
}) {
  const supported = usePasskeySupport();
  const fetcher = useFetcher<{ problem: string }>();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [round, setRound] = useState(0);
  const busy = asking || fetcher.state !== "idle";
  const { submit } = fetcher;
  // After a refusal only the button asks again: a device that answers by itself would answer without end.
  const offering = autofill && supported && !busy && !fetcher.data;

  useEffect(() => {
    if (!offering) return;
    let over = false;
    offerPasskeys(optionsPath).then(async (asked) => {
      if (!over && asked.is === "answer") await submit({ passkey: asked.json, redirectTo }, { method: "post", action });
    });
    const timer = setTimeout(() => setRound(round + 1), offerAgainMs);
    return () => {
      over = true;
      clearTimeout(timer);
      stopOffering();
    };
  }, [offering, round, optionsPath, action, redirectTo, submit]);

  async function ask() {
    setAsking(true);
    setProblem(null);
    const asked = await askForPasskey(optionsPath);
    if (asked.is === "answer") await submit({ passkey: asked.json, redirectTo }, { method: "post", action });
    if (asked.is === "problem") setProblem(asked.problem);
    setAsking(false);
  }

  if (!supported) return null;
  const said = busy ? null : (problem ?? fetcher.data?.problem ?? null);
  return (
    <div className="passkey-way">
      <FormErrors id="passkey-errors" errors={said ? [said] : undefined} />
      <button type="button" className="button plain" aria-disabled={busy || undefined} onClick={busy ? undefined : ask}>
        {busy ? "Asking for your passkey" : "Use a passkey"}
      </button>
    </div>
  );
}
