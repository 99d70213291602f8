import { helpEvent } from "#app/shortcuts/shortcuts.ts";
import { Icon } from "#app/ui/icon.tsx";
import { useHydrated } from "#app/ui/use-hydrated.ts";

/** Opens the sheet of keyboard shortcuts; there where scripts run. */
export function ShortcutsButton() {
  if (!useHydrated()) return null;
  return (
    <button type="button" className="place desk-only" onClick={() => dispatchEvent(new Event(helpEvent))}>
      <Icon name="keys" />
      <span>Shortcuts</span>
    </button>
  );
}
