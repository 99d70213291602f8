import { createHash } from "node:crypto";

/**
 * A long list of words as the sorted first 32 bits of their SHA-256, in base64: a few bytes for each, and no leaked
 * password to read in the repository. Every word of the list is found. A word that is not on a list of n is taken for
 * one with a chance of n in 2³²: with 40,000 words, once in about 100,000.
 */
export function hashWords(words: Iterable<string>): string {
  const hashes = Uint32Array.from(new Set([...words].map(hashOfWord))).sort();
  const bytes = Buffer.alloc(hashes.length * 4);
  hashes.forEach((hash, at) => {
    bytes.writeUInt32BE(hash, at * 4);
  });
  return bytes.toString("base64");
}

/** The list again, to ask whether a word is on it. */
export function readHashedWords(text: string): { size: number; has(word: string): boolean } {
  const bytes = Buffer.from(text, "base64");
  const hashes = new Set(Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readUInt32BE(at * 4)));
  return { size: hashes.size, has: (word) => hashes.has(hashOfWord(word)) };
}

function hashOfWord(word: string): number {
  return createHash("sha256").update(word).digest().readUInt32BE();
}
