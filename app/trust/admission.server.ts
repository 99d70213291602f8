import type { Standing } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { imageWords, limitOf, limitWords, linkWords, silenceWords, type WritingKind } from "#app/trust/gate-words.ts";
import { allowancesOf } from "#app/trust/gates.ts";
import { isElsewhere, partsOf } from "#app/trust/text-parts.ts";
import { findKnownWithin } from "#app/trust/trust.server.ts";

/** A text as readers will get it. */
interface ReadersText {
  html: string;
  /** what a post is about */
  url?: string | null;
}

interface Writing {
  of: WritingKind;
  text: ReadersText;
  /** names a new text's form: sent twice, it is answered as the first time, also where that took the day's last place */
  submissionKey?: string;
  /** what readers have of it already, of a published text that is changed: it counts against no day, and keeps its links */
  before?: () => Promise<ReadersText>;
}

/** Why a gate does not let a text through, for the form: beside the field, and how to answer. */
export interface GateRefusal {
  field: "body" | "url" | null;
  message: string;
  status: 400 | 403 | 429;
}

export type Admission = { refusal: GateRefusal } | { refusal: null; held: boolean };

/**
 * Whether a text of the viewer's may be published, or changed once it is. In the transaction that writes it, after
 * `assertStillMay`, which holds the person's row: of two at once the second is counted behind the first.
 */
export async function admit(
  tx: Transaction,
  viewer: Pick<Viewer, "id">,
  { silencedUntil }: Standing,
  { of, text, submissionKey, before }: Writing,
): Promise<Admission> {
  if (silencedUntil) return refuse(null, silenceWords(silencedUntil.toISOString()), 403);
  const { facts, gates, formUsed } = await findKnownWithin(tx, viewer.id, submissionKey);
  if (formUsed) return { refusal: null, held: false };
  const allowances = allowancesOf(facts, gates, new Date());
  if (!before && limitOf(allowances, of).left === 0) return refuse(null, limitWords(allowances, of), 429);
  if (!allowances.links || !allowances.images) {
    const { siteUrl } = settings();
    const was = before ? await before() : { html: "" };
    const [old, now] = [partsOf(was.html, siteUrl), partsOf(text.html, siteUrl)];
    const linked = text.url && text.url !== was.url && isElsewhere(text.url, siteUrl);
    if (!allowances.links && linked) return refuse("url", linkWords(allowances), 400);
    if (!allowances.links && !now.links.isSubsetOf(old.links)) return refuse("body", linkWords(allowances), 400);
    if (!allowances.images && !now.images.isSubsetOf(old.images)) return refuse("body", imageWords(allowances), 400);
  }
  return { refusal: null, held: !before && allowances.held };
}

/** Why the viewer may not bring a picture for a text; null where they may. */
export async function whyNoPicture(tx: Transaction, viewer: Pick<Viewer, "id">): Promise<string | null> {
  const { facts, gates } = await findKnownWithin(tx, viewer.id);
  const allowances = allowancesOf(facts, gates, new Date());
  return allowances.images ? null : imageWords(allowances);
}

function refuse(field: GateRefusal["field"], message: string, status: GateRefusal["status"]): Admission {
  return { refusal: { field, message, status } };
}
