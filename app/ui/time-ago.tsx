export { fullDate, fullMoment } from "#app/ui/full-date.ts";

const steps = [
  { limit: 60, seconds: 1, unit: "s" },
  { limit: 3600, seconds: 60, unit: "m" },
  { limit: 86_400, seconds: 3600, unit: "h" },
  { limit: 7 * 86_400, seconds: 86_400, unit: "d" },
] as const;

// Made once: a formatter costs more to make than a page of posts to render.
const dayAndMonth = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const dayMonthYear = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });

/** A moment as people say it ("5h", "12 Mar"), with the full date and time for hovering, for hearing and for machines. */
export function TimeAgo({ at }: { at: string }) {
  const full = `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
  return (
    <time dateTime={at} title={full} suppressHydrationWarning>
      {timeAgo(new Date(at), new Date())}
      <span className="sr-only">{`, ${full}`}</span>
    </time>
  );
}

/** "just now", "5m", "3h", "2d", then the date; with the year where it is another one. */
export function timeAgo(at: Date, now: Date): string {
  const seconds = Math.max(0, (now.getTime() - at.getTime()) / 1000);
  if (seconds < 45) return "just now";
  const step = steps.find(({ limit }) => seconds < limit);
  if (step) return `${Math.max(1, Math.floor(seconds / step.seconds))}${step.unit}`;
  return (at.getUTCFullYear() === now.getUTCFullYear() ? dayAndMonth : dayMonthYear).format(at);
}
