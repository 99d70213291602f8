/** So long a finished export can be fetched. */
export const keptHours = 24;

/** An export as its owner sees it; times ISO, UTC. */
export interface ShownExport {
  id: string;
  askedAt: string;
  /** 0 to 100 */
  progress: number;
  state: "under way" | "ready" | "failed";
  bytes: number | null;
  expiresAt: string | null;
}

/** A size in the words of its file's owner. */
export function sizeInWords(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
