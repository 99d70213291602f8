import { createHmac } from "node:crypto";
import { TOTPStrategy } from "remix-auth-totp";
import { settings } from "#app/server/env.server.ts";

export const codeLength = 6;
export const codeLifeMinutes = 10;

/*
 * remix-auth-totp keeps its state in a cookie that is bound to nothing: whoever holds it can write another address
 * into it and be taken for that person. So it never meets a browser. It is given requests that are made here, and
 * what it would set as a cookie is a text that we keep (email_proofs.state).
 */

/** A new code for an address, and the state that knows it. */
export async function makeCode(email: string): Promise<{ code: string; state: string }> {
  let code: string | undefined;
  const response = await ask(
    (sent) => {
      code = sent;
    },
    () => {},
    { email },
  );
  const state = response.headers.getSetCookie().at(-1)?.split(";")[0];
  if (!code || !state) throw new Error("The code strategy made no code");
  return { code, state };
}

/** The address that the code proves by this state; null where it is not the code. */
export async function proveByCode(state: string, code: string): Promise<string | null> {
  let proved: string | null = null;
  await ask(
    () => {},
    (email) => {
      proved = email;
    },
    { code },
    state,
  );
  return proved;
}

/** One request to the strategy. It answers everything, also success, by throwing a redirect. */
async function ask(
  onSend: (code: string) => void,
  onProved: (email: string) => void,
  form: Record<string, string>,
  state?: string,
): Promise<Response> {
  const strategy = new TOTPStrategy(
    {
      secret: createHmac("sha256", settings().authSecret).update("email proofs").digest("hex"),
      emailSentRedirect: "/",
      successRedirect: "/",
      failureRedirect: "/",
      totpGeneration: { algorithm: "SHA-256", charSet: "0123456789", digits: codeLength, period: codeLifeMinutes * 60 },
      // The address has been judged by our one rule before it comes here.
      validateEmail: async () => true,
      sendTOTP: async ({ code }) => onSend(code),
    },
    async ({ email }) => onProved(email),
  );
  const request = new Request("http://strategy.invalid/", {
    method: "POST",
    body: new URLSearchParams(form),
    headers: state ? { Cookie: state } : {},
  });
  try {
    await strategy.authenticate(request);
  } catch (answer) {
    if (answer instanceof Response) return answer;
    throw answer;
  }
  throw new Error("The code strategy gave no answer");
}
