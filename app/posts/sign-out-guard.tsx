import { useEffect } from "react";
import { href } from "react-router";
import { placesOf } from "#app/posts/shelf-places.ts";

/**
 * Whoever signs out leaves no text on this device. What the site does not have yet is sent first; what it does not
 * take is only given up when the person says so.
 */
export function SignOutGuard({ userId }: { userId: string }) {
  useEffect(() => {
    // Only who has something to send needs what sends it, and has it before the connection may be gone.
    if (hasTexts(userId)) void import("#app/posts/send-off.ts").catch(() => undefined);
    function beforeSignOut(event: SubmitEvent) {
      const form = event.target;
      if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== href("/sign-out")) return;
      if (!hasTexts(userId)) return;
      event.preventDefault();
      import("#app/posts/send-off.ts")
        .then(({ sendOff }) => sendOff(userId))
        .then((isClear) => isClear && form.submit())
        .catch(() => alert("The site cannot be reached, and it does not have a text of yours yet. Try again later."));
    }
    addEventListener("submit", beforeSignOut, { capture: true });
    return () => removeEventListener("submit", beforeSignOut, { capture: true });
  }, [userId]);
  return null;
}

function hasTexts(userId: string): boolean {
  try {
    return placesOf(userId).length > 0;
  } catch {
    return false;
  }
}
