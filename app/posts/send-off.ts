import { keepAllNow } from "#app/posts/open-keepers.ts";
import { sendText } from "#app/posts/send-text.ts";
import { shelvedTexts, unshelve } from "#app/posts/shelf.ts";

/**
 * Sends what the site does not have yet, and asks whether the rest is to be given up.
 * @returns whether nothing of the person's is left on this device
 */
export async function sendOff(userId: string): Promise<boolean> {
  await keepAllNow();
  for (const shelved of shelvedTexts(userId)) {
    const { outcome } = await sendText(shelved.text, shelved);
    if (outcome === "kept") unshelve(userId, shelved.formId);
  }
  const left = shelvedTexts(userId);
  if (left.length === 0) return true;
  const names = left.map(({ text }) => `“${text.title || text.body.slice(0, 40)}”`).join(", ");
  if (
    !confirm(
      `The site does not have this text of yours yet: ${names}. Signing out removes it from this device. Sign out?`,
    )
  )
    return false;
  for (const { formId } of left) unshelve(userId, formId);
  return true;
}
