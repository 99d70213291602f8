import { useEffect, useRef, useState } from "react";
import { useNavigate } from "react-router";
import { listenToKeys } from "#app/shortcuts/keys.ts";
import { areShortcutsOn, caseShortcuts, helpEvent, setShortcutsOn, shortcuts } from "#app/shortcuts/shortcuts.ts";
import { useRootData } from "#app/site/root-data.ts";
import { isAtLeast } from "#app/users/user.ts";

/** Listens to the keys, and holds the sheet that explains them. @param open whether it was asked for already */
export function Keyboard({ open }: { open: boolean }) {
  const navigate = useNavigate();
  const sheet = useRef<HTMLDialogElement>(null);
  const [on, setOn] = useState(areShortcutsOn);
  const { viewer } = useRootData();
  const isStaff = viewer !== null && isAtLeast(viewer.role, "moderator");

  useEffect(() => {
    const help = () => sheet.current?.showModal();
    if (open && !sheet.current?.open) help();
    addEventListener(helpEvent, help);
    return () => removeEventListener(helpEvent, help);
  }, [open]);

  useEffect(() => {
    if (!on) return;
    return listenToKeys({ go: (path) => void navigate(path), help: () => sheet.current?.showModal() });
  }, [on, navigate]);

  function choose(wanted: boolean) {
    setOn(wanted);
    setShortcutsOn(wanted);
  }

  return (
    <dialog ref={sheet} className="shortcuts" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title" className="aside-title">
        Keyboard shortcuts
      </h2>
      <Keys of={shortcuts} />
      {isStaff && (
        <>
          <h3 className="aside-title">In a moderation case</h3>
          <Keys of={caseShortcuts} />
        </>
      )}
      <label className="shortcuts-switch">
        <input type="checkbox" checked={on} onChange={(event) => choose(event.target.checked)} />
        Use these keys on this device
      </label>
      <form method="dialog">
        <button type="submit" className="button primary">
          Close
        </button>
      </form>
    </dialog>
  );
}

function Keys({ of }: { of: typeof shortcuts }) {
  return (
    <dl>
      {of.map(({ keys, does }) => (
        <div key={does}>
          <dt>
            {keys.map((key, place) => (
              <span key={key}>
                {place > 0 && " or "}
                {key.split(" ").map((each, step) => (
                  <span key={each}>
                    {step > 0 && " then "}
                    <kbd>{each}</kbd>
                  </span>
                ))}
              </span>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}
