/** How many days a plot shows. */
export const plottedDays = 30;

/** What is counted of each day, in words. */
export const counted = {
  signUps: { title: "Sign-ups", one: "sign-up", many: "sign-ups" },
  activePeople: { title: "Active people", one: "person", many: "people" },
  posts: { title: "Posts", one: "post", many: "posts" },
  comments: { title: "Comments", one: "comment", many: "comments" },
  reports: { title: "Reports", one: "report", many: "reports" },
} as const;
export type Counted = keyof typeof counted;

/** One day (UTC); `activePeople` is null where nobody counted them while it lasted. */
export type DayFigures = { day: string } & Record<Exclude<Counted, "activePeople">, number> & {
    activePeople: number | null;
  };

/** What waits for moderators. Times are ISO strings in UTC. */
export interface Waiting {
  cases: number;
  oldestCaseAt: string | null;
  held: number;
  proposals: number;
  appeals: number;
}

/** How the site itself is; for admins. */
export interface Health {
  queues: { name: string; waiting: number; active: number; failed: number; oldestWaitingAt: string | null }[];
  /** of the files that people have sent */
  uploadBytes: number;
  uploadCount: number;
  databaseBytes: number;
  /** limits that somebody has reached just now, and how many did */
  limits: { name: string; count: number }[];
}

/** "1.4 GB", in powers of ten. */
export function bytesInWords(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB"];
  const power = Math.min(units.length - 1, bytes < 1 ? 0 : Math.floor(Math.log10(bytes) / 3));
  const number = bytes / 1000 ** power;
  return `${power > 0 && number < 10 ? number.toFixed(1) : Math.round(number)} ${units[power]}`;
}
