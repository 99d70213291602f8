import { useState } from "react";
import { href } from "react-router";
import type { KeeperState } from "#app/posts/draft-keeper.ts";
import { Link } from "#app/ui/link.tsx";

/** Whether what is typed is safe: always to be seen, and spoken when it becomes something else than it was. */
export function SaveState({ state, published }: { state: KeeperState; published: boolean }) {
  const words = wordsFor(state, published);
  const [spoken, setSpoken] = useState("");
  // Saving goes to and fro every few seconds: what is spoken is how it ends.
  if (state.phase !== "typing" && words !== spoken) setSpoken(words);
  const isTrouble = !["still", "typing", "kept"].includes(state.phase);
  return (
    <div className="save-state" data-trouble={isTrouble || undefined}>
      <p className="save-words" aria-hidden="true">
        {words}
      </p>
      <p className="sr-only" role="status">
        {spoken}
      </p>
      {state.phase === "signed-out" && (
        <a className="text-link" href={href("/sign-in")} target="_blank" rel="noopener">
          Sign in in another tab
        </a>
      )}
      {state.phase === "gone" && (
        <Link className="text-link" to={href("/drafts")}>
          See what is on this device
        </Link>
      )}
    </div>
  );
}

function wordsFor({ phase, message, onDevice }: KeeperState, published: boolean): string {
  const here = onDevice ? "kept on this device" : "this device cannot keep it either, so leave this page open";
  switch (phase) {
    case "still":
      return "";
    case "typing":
      return "Saving";
    case "kept":
      return published ? "Saved for you. Readers see it when you save the changes" : "Saved";
    case "waiting":
      return `Not saved yet: ${here}`;
    case "signed-out":
      return `Not saved: you were signed out. Your text is ${here}`;
    case "refused":
      return `Not saved: ${here}. ${message ?? ""}`;
    case "changed-elsewhere":
      return `Changed on another device: yours is ${here} until you decide`;
    case "gone":
      return `Not saved: this was deleted elsewhere. Your text is ${here}`;
  }
}
