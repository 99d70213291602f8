import { createHash, createHmac, createSecretKey, type KeyObject, timingSafeEqual } from "node:crypto";
import { type Register, registers } from "#app/register/register.ts";

/** A row of a register as `to_jsonb` gives it, in UTC. */
export type Entry = Record<string, unknown>;

export interface Link {
  register: Register;
  position: number;
  /** of the seal before; empty for the first */
  previousHash: string;
  /** ISO, UTC */
  sealedAt: string;
  entry: Entry;
}

/** The hash of a seal. Anybody can compute it, and so check a chain whose rows they are shown. */
export function hashOfLink({ register, position, previousHash, sealedAt, entry }: Link): string {
  return sha256(canonical([register, position, previousHash, sealedAt, lastingPart(register, entry)]));
}

/** What one part of a row is committed to, as the trigger `commit_to_parts` computes it. */
export function commitmentTo(name: string, value: string, salt: string): string {
  return sha256(`${salt}:${name}:${value}`);
}

/** What only somebody who knows the site's secret can make of a hash. @param of a seal's does not pass for a head's */
export function macOf(
  of: "seal" | "head",
  { register, position, hash }: { register: Register; position: number; hash: string },
  secret: string,
): string {
  return createHmac("sha256", keyOf(secret))
    .update(canonical([of, register, position, hash]))
    .digest("hex");
}

/** Made once: it would be half of what a mac costs, and a register has many. */
function keyOf(secret: string): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(createHash("sha256").update(`register:${secret}`).digest());
  keys.set(secret, key);
  return key;
}

const keys = new Map<string, KeyObject>();

/** Whether the mac was made with one of the secrets. */
export function isOurs(
  of: "seal" | "head",
  sealed: { register: Register; position: number; hash: string; mac: string },
  secrets: readonly string[],
): boolean {
  const mac = Buffer.from(sealed.mac);
  return secrets.some((secret) => {
    const expected = Buffer.from(macOf(of, sealed, secret));
    return mac.length === expected.length && timingSafeEqual(mac, expected);
  });
}

/** A row without what may be erased. Columns that a row does not use are left out, so that new ones change nothing. */
function lastingPart(register: Register, entry: Entry): Entry {
  const erasable: readonly string[] = registers[register].erasable;
  const lasting = Object.entries(entry).filter(
    ([name, value]) => value !== null && name !== "salts" && !erasable.includes(name),
  );
  return Object.fromEntries(
    lasting.map(([name, value]) => [name, name === "details" ? withoutPersonal(value) : value]),
  );
}

function withoutPersonal(details: unknown): unknown {
  if (typeof details !== "object" || details === null || Array.isArray(details)) return details;
  return Object.fromEntries(Object.entries(details).filter(([name]) => name !== "personal"));
}

/** JSON with the names of each object in order: one text for one value. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
