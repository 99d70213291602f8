import type { ReactNode } from "react";
import type { Standing } from "#app/posts/kept-text.ts";
import type { WrittenPost } from "#app/posts/post-form.ts";
import type { FoundText } from "#app/posts/use-draft-keeper.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { useHydrated } from "#app/ui/use-hydrated.ts";

/** What was saved meanwhile in another tab or on another device, beside one's own text, which stays in the form. */
export function NewerText({
  newer,
  onKeepMine,
  onTakeOther,
}: {
  newer: Standing;
  onKeepMine(): void;
  onTakeOther(): void;
}) {
  const hydrated = useHydrated();
  return (
    <div className="form-errors" role="alert" tabIndex={-1}>
      <p>
        Someone – you, in another tab or on another device – changed this post meanwhile. Nothing was overwritten. Your
        text is below; saving it again replaces what was saved there:
      </p>
      <OtherText summary="What was saved there" text={newer.text} />
      {hydrated && (
        <p className="actions">
          <button type="button" className={buttonClass("plain")} onClick={onKeepMine}>
            Keep mine
          </button>
          <button type="button" className={buttonClass("plain")} onClick={onTakeOther}>
            Take the other text
          </button>
        </p>
      )}
    </div>
  );
}

/** What an earlier visit left on this device: in the form already, or to be looked at first. */
export function FoundOnDevice({
  found: { text, restored },
  address,
  onDiscard,
}: {
  found: FoundText;
  /** where the text is put into a form */
  address: string;
  onDiscard(): void;
}) {
  const time = clock.format(new Date(text.at));
  return (
    <div className="notice found-text" role="status">
      <p>
        {restored
          ? `This is your text from ${time}, which this device had kept and the site did not have.`
          : `You have newer text on this device from ${time}, which the site does not have.`}
      </p>
      {!restored && <OtherText summary={text.text.title || "What is on this device"} text={text.text} closed />}
      <p className="actions">
        {!restored && (
          <Link className={buttonClass("plain")} to={`${address}?text=${text.formId}`}>
            Restore it
          </Link>
        )}
        <button type="button" className={buttonClass("plain")} onClick={onDiscard}>
          {restored ? "Go back to what the site has" : "Discard it"}
        </button>
      </p>
    </div>
  );
}

/** The device's own time: these are only ever drawn in a browser. */
const clock = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });

function OtherText({ summary, text, closed = false }: { summary: ReactNode; text: WrittenPost; closed?: boolean }) {
  return (
    <details open={!closed}>
      <summary>{summary}</summary>
      <p className="newer-title" dir="auto">
        {text.title}
      </p>
      <textarea className="input body-input" aria-label="The text there" dir="auto" readOnly value={text.body} />
      <p>{[text.tags, text.url, text.warning].filter(Boolean).join(" · ")}</p>
    </details>
  );
}
