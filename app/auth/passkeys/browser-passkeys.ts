import {
  browserSupportsWebAuthn,
  browserSupportsWebAuthnAutofill,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnAbortService,
  WebAuthnError,
} from "@simplewebauthn/browser";
import { useHydrated } from "#app/ui/use-hydrated.ts";

/* The browser's side of passkeys: ask the site for what is to be signed, and let the browser ask the person. */

export type Asked = { is: "answer"; json: string } | { is: "problem"; problem: string } | { is: "cancelled" };

/** Whether this browser knows passkeys; false as long as no scripts run. */
export function usePasskeySupport(): boolean {
  return useHydrated() && browserSupportsWebAuthn();
}

/** Lets the person choose a passkey and unlock it. */
export async function askForPasskey(optionsPath: string): Promise<Asked> {
  const options = await fetchOptions<PublicKeyCredentialRequestOptionsJSON>(optionsPath);
  return "is" in options ? options : answered(() => startAuthentication({ optionsJSON: options }), noneChosen);
}

/** Offers passkeys in the field for the username, and waits until one is chosen there. */
export async function offerPasskeys(optionsPath: string): Promise<Asked> {
  if (!(await browserSupportsWebAuthnAutofill())) return { is: "cancelled" };
  const options = await fetchOptions<PublicKeyCredentialRequestOptionsJSON>(optionsPath);
  if ("is" in options) return { is: "cancelled" };
  return answered(() => startAuthentication({ optionsJSON: options, useBrowserAutofill: true }), noneChosen);
}

export function stopOffering(): void {
  WebAuthnAbortService.cancelCeremony();
}

/** Makes a passkey. */
export async function makePasskey(optionsPath: string, form?: FormData): Promise<Asked> {
  const options = await fetchOptions<PublicKeyCredentialCreationOptionsJSON>(optionsPath, form);
  return "is" in options ? options : answered(() => startRegistration({ optionsJSON: options }), noneMade);
}

const noneChosen = "It was cancelled, took too long, or there is no passkey for this site on the device.";
const noneMade = "It was cancelled, or took too long. Try again when you like.";

async function answered(ask: () => Promise<object>, ifRefused: string): Promise<Asked> {
  try {
    return { is: "answer", json: JSON.stringify(await ask()) };
  } catch (error) {
    const problem = problemOf(error, ifRefused);
    return problem ? { is: "problem", problem } : { is: "cancelled" };
  }
}

type NoOptions = Exclude<Asked, { is: "answer" }>;

async function fetchOptions<Options>(path: string, form?: FormData): Promise<Options | NoOptions> {
  try {
    // Without fields it is a form all the same: nothing else is read where a proof is wanted first.
    const body = form ?? new URLSearchParams();
    const response = await fetch(path, { method: "POST", redirect: "manual", body });
    // Our own address; its answer has this shape.
    if (response.ok) return (await response.json()) as Options;
    if (response.status === 400) return { is: "cancelled" };
    if (response.status === 429) {
      return { is: "problem", problem: "That was often, in a short time. Wait some minutes and try again." };
    }
    // Signed out meanwhile, or a proof is wanted first: the page itself says so.
    if (response.type === "opaqueredirect" || response.status === 401) location.reload();
  } catch {
    return { is: "problem", problem: "There is no connection to the site. Try again." };
  }
  return { is: "problem", problem: "That did not work. Try again." };
}

/** In words; null where nothing has to be said. */
function problemOf(error: unknown, ifRefused: string): string | null {
  const code = error instanceof WebAuthnError ? error.code : null;
  const name = error instanceof Error ? error.name : "";
  if (code === "ERROR_CEREMONY_ABORTED" || name === "AbortError") return null;
  if (code === "ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED") return "This device has a passkey of yours already.";
  if (code === "ERROR_INVALID_DOMAIN" || code === "ERROR_INVALID_RP_ID") {
    return "Passkeys work only at the site's own address, and not at the one that you see above.";
  }
  if (name === "NotAllowedError") return ifRefused;
  return "This browser or device could not do that. Try another one, or another way.";
}
