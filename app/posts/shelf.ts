import { z } from "zod";
import { basisSchema, writtenSchema } from "#app/posts/kept-text.ts";
import { placesOf, textPrefix } from "#app/posts/shelf-places.ts";

const shelvedSchema = z.object({
  formId: z.string(),
  /** null before there is a draft */
  postId: z.number().nullable(),
  /** of a new post's form */
  submissionKey: z.string().optional(),
  basis: basisSchema,
  text: writtenSchema,
  /** what was sent without an answer: where it stands on the site, it is this form's own */
  sent: z.array(writtenSchema),
  at: z.iso.datetime(),
});

/** A text that the site does not have yet. */
export type Shelved = z.infer<typeof shelvedSchema>;

/** Keeps a text on this device. @returns whether there was room */
export function shelve(userId: string, text: Shelved): boolean {
  try {
    localStorage.setItem(placeOf(userId, text.formId), JSON.stringify(text));
    return true;
  } catch {
    return false;
  }
}

export function unshelve(userId: string, formId: string): void {
  try {
    localStorage.removeItem(placeOf(userId, formId));
  } catch {
    // Where nothing can be kept, nothing is.
  }
}

/** A person's texts on this device, the latest first. */
export function shelvedTexts(userId: string): Shelved[] {
  try {
    return placesOf(userId)
      .flatMap((place) => parse(localStorage.getItem(place)))
      .sort((a, b) => b.at.localeCompare(a.at));
  } catch {
    return [];
  }
}

/** Those of them whose form is no longer open, in any tab. Where browsers do not tell, all but `formId`'s. */
export async function orphanedTexts(userId: string, formId?: string): Promise<Shelved[]> {
  const texts = shelvedTexts(userId).filter((text) => text.formId !== formId);
  if (texts.length === 0 || !navigator.locks) return texts;
  const { held = [] } = await navigator.locks.query();
  const open = new Set(held.map(({ name }) => name));
  return texts.filter((text) => !open.has(lockOf(text.formId)));
}

/** Says to other tabs that a form is open, until the returned function is called or the tab is gone. */
export function holdForm(formId: string): () => void {
  let release = () => {};
  const open = new Promise<void>((resolve) => {
    release = resolve;
  });
  // Only secure addresses have locks.
  navigator.locks?.request(lockOf(formId), () => open).catch(() => {});
  return () => release();
}

function lockOf(formId: string): string {
  return `${textPrefix}${formId}`;
}

function placeOf(userId: string, formId: string): string {
  return `${textPrefix}${userId} ${formId}`;
}

function parse(json: string | null): Shelved[] {
  try {
    const text = shelvedSchema.safeParse(JSON.parse(json ?? ""));
    return text.success ? [text.data] : [];
  } catch {
    return [];
  }
}
