import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from "node:crypto";
import { siteUrl } from "#app/server/test-request.ts";

/** What a test may let the authenticator, or the browser before it, do wrongly. */
export interface Wrongs {
  origin?: string;
  challenge?: string;
  rpId?: string;
  /** false: held, but not unlocked */
  unlocked?: boolean;
}

const unlockedFlag = 0x04;
const presentFlag = 0x01;
const newKeyFlag = 0x40;

/** A passkey's device in software: ES256, no attestation, one key. It signs whatever it is asked to. */
export class TestAuthenticator {
  readonly credentialId: string;
  counter: number;
  readonly #keys = generateKeyPairSync("ec", { namedCurve: "P-256" });

  constructor({ counter = 0, credentialId = randomBytes(16).toString("base64url") } = {}) {
    this.counter = counter;
    this.credentialId = credentialId;
  }

  /** What the browser sends of a new passkey, as the form's field. */
  make(challenge: string, wrongs: Wrongs = {}): string {
    const id = Buffer.from(this.credentialId, "base64url");
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const authData = Buffer.concat([
      this.#head(newKeyFlag, wrongs),
      Buffer.alloc(16),
      length,
      id,
      publicKey(this.#keys.publicKey),
    ]);
    const attestation = map([
      [text("fmt"), text("none")],
      [text("attStmt"), map([])],
      [text("authData"), bytes(authData)],
    ]);
    return this.#answer({
      clientDataJSON: clientData("webauthn.create", challenge, wrongs).toString("base64url"),
      attestationObject: attestation.toString("base64url"),
      transports: ["internal"],
    });
  }

  /** What the browser sends of a passkey that was chosen and unlocked, as the form's field. */
  sign(challenge: string, wrongs: Wrongs = {}): string {
    const client = clientData("webauthn.get", challenge, wrongs);
    const authData = this.#head(0, wrongs);
    const signed = Buffer.concat([authData, createHash("sha256").update(client).digest()]);
    return this.#answer({
      clientDataJSON: client.toString("base64url"),
      authenticatorData: authData.toString("base64url"),
      signature: createSign("sha256").update(signed).sign(this.#keys.privateKey).toString("base64url"),
    });
  }

  #head(flags: number, { rpId = new URL(siteUrl).hostname, unlocked = true }: Wrongs): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.counter);
    const all = presentFlag | flags | (unlocked ? unlockedFlag : 0);
    return Buffer.concat([createHash("sha256").update(rpId).digest(), Buffer.from([all]), count]);
  }

  #answer(response: object): string {
    const { credentialId: id } = this;
    return JSON.stringify({ id, rawId: id, type: "public-key", response, clientExtensionResults: {} });
  }
}

function clientData(type: string, asked: string, { origin = siteUrl, challenge = asked }: Wrongs): Buffer {
  return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
}

/** A key as COSE writes it: EC2, ES256, P-256, x, y. */
function publicKey(key: KeyObject): Buffer {
  const { x = "", y = "" } = key.export({ format: "jwk" });
  return map([
    [integer(1), integer(2)],
    [integer(3), integer(-7)],
    [integer(-1), integer(1)],
    [integer(-2), bytes(Buffer.from(x, "base64url"))],
    [integer(-3), bytes(Buffer.from(y, "base64url"))],
  ]);
}

/* As much of CBOR as that takes. */

function head(major: number, size: number): Buffer {
  if (size < 24) return Buffer.from([(major << 5) | size]);
  return size < 256 ? Buffer.from([(major << 5) | 24, size]) : Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
}

function integer(value: number): Buffer {
  return value < 0 ? head(1, -1 - value) : head(0, value);
}

function bytes(content: Buffer): Buffer {
  return Buffer.concat([head(2, content.length), content]);
}

function text(content: string): Buffer {
  return Buffer.concat([head(3, content.length), Buffer.from(content)]);
}

function map(entries: [Buffer, Buffer][]): Buffer {
  return Buffer.concat([head(5, entries.length), ...entries.flat()]);
}
