import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Many small parts instead of one large one: so the whole takes about as long each time. */
export const workParts = 16;

/** A piece of work for a browser: for each part a number whose hash begins with so many zero bits. */
export interface Work {
  challenge: string;
  bits: number;
}

/** What every part's hash is taken of, short enough for one block. */
export function workKey(challenge: string): string {
  return bytesToHex(sha256(utf8ToBytes(challenge))).slice(0, 32);
}

/** Whether a number solves a part. */
export function solves(key: string, part: number, number: number, bits: number): boolean {
  const [a = 0, b = 0, c = 0, d = 0] = sha256(utf8ToBytes(`${key}:${part}:${number}`));
  return Math.clz32((a << 24) | (b << 16) | (c << 8) | d) >= bits;
}

/** So long the page waits for the work at a time: it stays quick to the hand. */
const sliceMs = 25;

/** Does the work on the page's own thread, in slices. @returns the answer; null when `signal` ended it */
export async function doWork({ challenge, bits }: Work, signal?: AbortSignal): Promise<string | null> {
  const key = workKey(challenge);
  const found: number[] = [];
  let sliceEnd = performance.now() + sliceMs;
  for (let number = 0; found.length < workParts; number += 1) {
    if (solves(key, found.length, number, bits)) {
      found.push(number);
      number = -1;
    }
    if (number % 64 !== 0 || performance.now() < sliceEnd) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (signal?.aborted) return null;
    sliceEnd = performance.now() + sliceMs;
  }
  return found.join(".");
}
