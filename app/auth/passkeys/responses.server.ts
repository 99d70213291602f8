import type { AuthenticationResponseJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { z } from "zod";

/* What a browser says of a passkey, as far as we read it: base64url and nothing else, and of a size that keys have. */

/** No answer of a browser is longer. */
const longest = 20_000;

const bytes = z
  .string()
  .max(longest)
  .regex(/^[\w-]+$/);
const credential = { id: bytes.max(1400), rawId: bytes.max(1400), type: z.literal("public-key") };
const transports = ["ble", "cable", "hybrid", "internal", "nfc", "smart-card", "usb"] as const;

const newPasskey = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: bytes,
    attestationObject: bytes,
    // Those that we do not know are left out: they are hints for the browser only.
    transports: z
      .array(z.enum(transports).nullable().catch(null))
      .max(16)
      .catch([])
      .transform((all) => all.filter((each) => each !== null)),
  }),
});

const signature = z.object({
  ...credential,
  response: z.object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }),
});

/** The passkey that a browser has made, out of a form's field; null where it is none. */
export function readNewPasskey(field: FormDataEntryValue | null): RegistrationResponseJSON | null {
  const read = newPasskey.safeParse(parseJson(field));
  return read.success ? { ...read.data, clientExtensionResults: {} } : null;
}

/** What a passkey has signed, out of a form's field; null where it is nothing of the kind. */
export function readSignature(field: FormDataEntryValue | null): AuthenticationResponseJSON | null {
  const read = signature.safeParse(parseJson(field));
  return read.success ? { ...read.data, clientExtensionResults: {} } : null;
}

function parseJson(field: FormDataEntryValue | null): unknown {
  if (typeof field !== "string" || field.length > longest) return null;
  try {
    return JSON.parse(field);
  } catch {
    return null;
  }
}
