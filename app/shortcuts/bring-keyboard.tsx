import { type ComponentType, useEffect, useState } from "react";

/** Brings the keyboard shortcuts when the page has come to rest: nothing on it waits for them. */
export function Shortcuts() {
  const [Keyboard, setKeyboard] = useState<ComponentType | null>(null);
  useEffect(() => {
    let gone = false;
    const bring = () =>
      import("#app/shortcuts/keyboard.tsx")
        .then((module) => !gone && setKeyboard(() => module.Keyboard))
        // Without them everything still works; the next page tries again.
        .catch(() => undefined);
    const rest = setTimeout(bring, 300);
    return () => {
      gone = true;
      clearTimeout(rest);
    };
  }, []);
  return Keyboard && <Keyboard />;
}
