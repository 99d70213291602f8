import { countTry, giveBack, isReached, reach } from "#app/middleware/rate-limit.ts";

/**
 * Counts one stranger who wants a mail, and says whether more of them come than prove an address: over eight in a
 * minute, or over thirty within ten minutes. It then goes on for a quarter of an hour after the last such minute.
 */
export async function countStranger(): Promise<{ pressure: boolean }> {
  const within = [await countTry("strangers-by-minute", "site"), await countTry("strangers-by-site", "site")];
  if (within.every(Boolean)) return { pressure: await isReached("pressure", "site") };
  await reach("pressure", "site");
  return { pressure: true };
}

/** Takes a stranger off the count who has shown that the address is theirs. */
export async function uncountStranger(): Promise<void> {
  await giveBack("strangers-by-site", "site");
}
