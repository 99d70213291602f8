import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { settings } from "#app/server/env.server.ts";

/** Encrypts a text for the database, so that a copy of the table tells nothing. @param purpose has a key of its own */
export function seal(purpose: string, text: string): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", keyOf(purpose), nonce);
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
}

/** The text again. @throws where it was changed, or sealed with another secret or for another purpose */
export function unseal(purpose: string, sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", keyOf(purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return decipher.update(bytes.subarray(28), undefined, "utf8") + decipher.final("utf8");
}

function keyOf(purpose: string): Buffer {
  return createHash("sha256").update(`${purpose}:${settings().authSecret}`).digest();
}
