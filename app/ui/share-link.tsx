import { useEffect, useState } from "react";
import { copyText } from "#app/ui/copy-text.ts";
import { useScripts } from "#app/ui/scripts-context.ts";
import { useHydrated } from "#app/ui/use-hydrated.ts";

const doneMs = 2_000;

/**
 * A thing's own address, to be passed on: on a touch screen by the system's share sheet, elsewhere by copying it. It
 * is a plain link until the script is there, and where the browser does neither. Pages without scripts have none.
 */
export function ShareLink({ path, title, of }: { path: string; title?: string; of: string }) {
  const scripts = useScripts();
  const hydrated = useHydrated();
  const [said, setSaid] = useState("");
  useEffect(() => {
    const reset = said && setTimeout(() => setSaid(""), doneMs);
    return () => clearTimeout(reset || undefined);
  }, [said]);
  if (!scripts) return null;
  const way = hydrated ? wayOfSharing() : null;

  if (!way) {
    return (
      <a className="share-link" href={path}>
        Link<span className="sr-only"> to {of}</span>
      </a>
    );
  }

  async function pass() {
    const url = new URL(path, location.origin).href;
    // Closing the sheet is no failure.
    if (way === "share") await navigator.share({ url, title }).catch(() => undefined);
    else setSaid((await copyText(url)) ? "Copied" : "Not copied");
  }

  return (
    <button type="button" className="share-link" onClick={pass}>
      <span aria-live="polite">{said || (way === "share" ? "Share" : "Copy link")}</span>
      <span className="sr-only">{way === "share" ? ` ${of}` : ` to ${of}`}</span>
    </button>
  );
}

function wayOfSharing(): "share" | "copy" | null {
  const onTouch = matchMedia("(pointer: coarse)").matches;
  if (onTouch && "share" in navigator) return "share";
  return "clipboard" in navigator ? "copy" : null;
}
