import { trapName } from "#app/auth/strangers/stranger.ts";

/** What a form carries that anyone may send: when it was shown, and a field that only machines see. */
export function StrangerFields({ shown }: { shown: string }) {
  return (
    <>
      <input type="hidden" name="shown" value={shown} />
      <div className="for-machines" aria-hidden="true">
        <label>
          Leave this empty
          <input
            type="text"
            name={trapName}
            defaultValue=""
            tabIndex={-1}
            autoComplete="off"
            data-1p-ignore
            data-lpignore="true"
            data-bwignore
          />
        </label>
      </div>
    </>
  );
}
