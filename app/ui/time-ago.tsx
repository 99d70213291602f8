const steps = [
  { limit: 60, seconds: 1, unit: "s" },
  { limit: 3600, seconds: 60, unit: "m" },
  { limit: 86_400, seconds: 3600, unit: "h" },
  { limit: 7 * 86_400, seconds: 86_400, unit: "d" },
] as const;

/** A moment as people say it ("5h", "12 Mar"), with the full date and time for hovering and for machines. */
export function TimeAgo({ at }: { at: string }) {
  const absolute = `${new Date(at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" })} UTC`;
  return (
    <time dateTime={at} title={absolute} suppressHydrationWarning>
      {timeAgo(new Date(at), new Date())}
    </time>
  );
}

/** "now", "5m", "3h", "2d", then the date; with the year where it is another one. */
export function timeAgo(at: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - at.getTime()) / 1000);
  if (seconds < 45) return "now";
  const step = steps.find(({ limit }) => seconds < limit);
  if (step) return `${Math.max(1, Math.floor(seconds / step.seconds))}${step.unit}`;
  const sameYear = at.getUTCFullYear() === now.getUTCFullYear();
  return at.toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: sameYear ? undefined : "numeric",
    timeZone: "UTC",
  });
}

/** A date in full: "12 March 2026". */
export function fullDate(at: string): string {
  return new Date(at).toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "UTC" });
}
