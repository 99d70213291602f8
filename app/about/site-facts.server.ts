import { setTimeout as pause } from "node:timers/promises";
import { noFacts, type SiteFacts } from "#app/about/about.ts";
import { listLatestTexts } from "#app/legal/legal-texts.server.ts";
import { contentGeneration } from "#app/server/content-changes.server.ts";
import { log } from "#app/server/log.server.ts";
import { outsideRequests } from "#app/server/request-scope.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";

let kept: { facts: SiteFacts; generation: number | null; at: number } | null = null;

/** As long as no process tells us of a change. */
const maxAgeMs = 30_000;
/** No page waits longer for its foot: while the database does not answer it says what it said last. */
const patienceMs = 500;

/** What every page says of the site. The process keeps it until somebody changes what visitors see. */
export async function findSiteFacts(): Promise<SiteFacts> {
  const generation = contentGeneration();
  if (kept && kept.generation === generation && performance.now() - kept.at < maxAgeMs) return kept.facts;
  const late = new AbortController();
  const facts = await Promise.race([
    load(generation),
    pause(patienceMs, null, { signal: late.signal }).catch(() => null),
  ]);
  late.abort();
  return facts ?? kept?.facts ?? noFacts;
}

/** After a change by this process, which need not hear of it first. */
export function forgetSiteFacts(): void {
  kept = null;
}

function load(generation: number | null): Promise<SiteFacts | null> {
  return outsideRequests(async () => {
    try {
      const [about, texts] = await Promise.all([findSiteSetting("about"), listLatestTexts()]);
      const facts = { ...about, texts };
      kept = { facts, generation, at: performance.now() };
      return facts;
    } catch (error) {
      log.warn({ err: error }, "what the site says of itself could not be read");
      return null;
    }
  });
}
