import { useEffect } from "react";
import { href } from "react-router";
import { keepAllNow } from "#app/posts/open-keepers.ts";
import { sendText } from "#app/posts/send-text.ts";
import { shelvedTexts, unshelve } from "#app/posts/shelf.ts";

/**
 * Whoever signs out leaves no text on this device. What the site does not have yet is sent first; what it does not
 * take is only given up when the person says so.
 */
export function SignOutGuard({ userId }: { userId: string }) {
  useEffect(() => {
    function beforeSignOut(event: SubmitEvent) {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== href("/sign-out")) return;
      if (shelvedTexts(userId).length === 0) return;
      event.preventDefault();
      void sendOff(userId).then((isClear) => isClear && form.submit());
    }
    addEventListener("submit", beforeSignOut, { capture: true });
    return () => removeEventListener("submit", beforeSignOut, { capture: true });
  }, [userId]);
  return null;
}

async function sendOff(userId: string): Promise<boolean> {
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
