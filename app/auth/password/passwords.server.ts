import { argon2, randomBytes, timingSafeEqual } from "node:crypto";
import { promisify } from "node:util";

const hashWith = promisify(argon2);

/** OWASP's cost for argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1 };
const tagLength = 32;

/** The password's argon2id hash in PHC form, with a salt of its own. Takes about 30 ms: never in a transaction. */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  const hash = await derive(password, nonce, tagLength, cost);
  return `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(nonce)}$${unpadded(hash)}`;
}

/**
 * Whether the password is the one behind the hash.
 * @param hash null for a person who is unknown or has no password: false, after the same time
 */
export async function verifyPassword(hash: string | null, password: string): Promise<boolean> {
  const parsed = phc.exec(hash ?? nobodysHash)?.groups;
  if (!parsed) return false;
  const expected = Buffer.from(parsed.hash ?? "", "base64");
  const given = await derive(password, Buffer.from(parsed.salt ?? "", "base64"), expected.length, {
    memory: Number(parsed.memory),
    passes: Number(parsed.passes),
    parallelism: Number(parsed.parallelism),
  });
  return timingSafeEqual(given, expected) && hash !== null;
}

const phc =
  /^\$argon2id\$v=19\$m=(?<memory>\d+),t=(?<passes>\d+),p=(?<parallelism>\d+)\$(?<salt>[A-Za-z0-9+/]+)\$(?<hash>[A-Za-z0-9+/]+)$/;

/** A hash that no password has, at the cost of a real one. */
const nobodysHash = `$argon2id$v=19$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${unpadded(Buffer.alloc(16))}$${unpadded(Buffer.alloc(tagLength))}`;

/** Keyboards differ in how they compose an accent; the password is the same. */
function derive(password: string, nonce: Buffer, length: number, { memory, passes, parallelism }: typeof cost) {
  const message = Buffer.from(password.normalize("NFKC"));
  return hashWith("argon2id", { message, nonce, memory, passes, parallelism, tagLength: length });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString("base64").replace(/=+$/, "");
}
