import { type ComponentType, useEffect, useState } from "react";
import { helpEvent } from "#app/shortcuts/shortcuts.ts";

/** Brings the keyboard shortcuts when the page has come to rest, or when somebody asks what they are. */
export function Shortcuts() {
  const [Keyboard, setKeyboard] = useState<ComponentType<{ open: boolean }> | null>(null);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    let gone = false;
    const bring = () => {
      import("#app/shortcuts/keyboard.tsx")
        .then((module) => {
          removeEventListener(helpEvent, bringNow);
          if (!gone) setKeyboard(() => module.Keyboard);
        })
        // Without them everything still works; the next page tries again.
        .catch(() => undefined);
    };
    const bringNow = () => {
      setAsked(true);
      bring();
    };
    const rest = setTimeout(bring, 300);
    addEventListener(helpEvent, bringNow, { once: true });
    return () => {
      gone = true;
      clearTimeout(rest);
      removeEventListener(helpEvent, bringNow);
    };
  }, []);
  return Keyboard && <Keyboard open={asked} />;
}
