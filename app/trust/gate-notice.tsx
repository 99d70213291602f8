import { href } from "react-router";
import { gateWords, silenceWords, type WritingKind } from "#app/trust/gate-words.ts";
import type { Allowances } from "#app/trust/gates.ts";
import { Link } from "#app/ui/link.tsx";

/** What the gates will say to the form below, said before anything is written; nothing for almost everybody. */
export function GateNotice({ allowances, of }: { allowances: Allowances; of: WritingKind }) {
  if (allowances.silencedUntil) return <SilenceNotice until={allowances.silencedUntil} draftsSave={of === "post"} />;
  const words = gateWords(allowances, of);
  if (words.length === 0) return null;
  return (
    <p className="gate-notice muted">
      {words.join(" ")}{" "}
      <Link className="text-link" to={href("/about/trust")}>
        What this is about
      </Link>
    </p>
  );
}

function SilenceNotice({ until, draftsSave }: { until: string; draftsSave: boolean }) {
  return (
    <p className="notice gate-notice">
      {silenceWords(until)} {draftsSave && "Drafts are still saved. "}
      <Link className="text-link" to="/settings/decisions">
        See why
      </Link>
    </p>
  );
}
