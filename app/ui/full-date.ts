// Made once: a formatter costs more to make than a page of posts to render.
const longDate = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

/** A moment in full: "12 March 2026, 14:05 UTC". */
export function fullMoment(at: string): string {
  return `${fullDate(at)}, ${at.slice(11, 16)} UTC`;
}

/** A date in full: "12 March 2026". */
export function fullDate(at: string): string {
  return longDate.format(new Date(at));
}
