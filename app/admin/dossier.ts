import type { ModNote } from "#app/mod-notes/note.ts";

/** What the staff knows of a person beyond their page. Times are ISO strings in UTC. */
export interface Dossier {
  /** for admins only: which ways in there are, and no secret of any */
  waysIn: WaysInFacts | null;
  /** for admins only */
  hints: Hints | null;
  reports: {
    /** cases about them or something of theirs */
    openCases: number;
    upheldCases: number;
    otherCases: number;
    /** what they reported themselves, and how it came out */
    made: number;
    madeUpheld: number;
    madeDismissed: number;
  };
  notes: ModNote[];
}

export interface WaysInFacts {
  password: boolean;
  passkeys: number;
  /** sites where they are known, by name */
  providers: string[];
  provedAddresses: number;
  secondFactorSince: string | null;
  trustedBrowsers: number;
}

/** How many others are signed in from where this person is; counted to `mostHinted`, and no proof of anything. */
export interface Hints {
  sameNetwork: number;
  /** the same network and the very same program */
  sameNetworkAndBrowser: number;
}

/** Nobody is counted beyond it. */
export const mostHinted = 50;
