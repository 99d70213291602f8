import type { LegalVersion } from "#app/legal/legal.ts";

/** What every page's foot says of the site. */
export interface SiteFacts {
  description: string;
  /** an e-mail address, or empty */
  contact: string;
  texts: (LegalVersion & { publishedAt: string })[];
}

export const noFacts: SiteFacts = { description: "", contact: "", texts: [] };
