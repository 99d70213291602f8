import { href } from "react-router";
import { type LegalVersion, legalTitles } from "#app/legal/legal.ts";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";

/** A box for each text that somebody agrees to; it names the version. Nothing where the site has none. */
export function ConsentFields({ texts }: { texts: (LegalVersion & { publishedAt: string })[] }) {
  if (texts.length === 0) return null;
  return (
    <fieldset className="consents">
      <legend className="sr-only">What you agree to</legend>
      {texts.map(({ kind, version, publishedAt }) => (
        <label key={kind} className="check">
          <input type="checkbox" name={`agreed-${kind}`} value={version} required />
          <span>
            I have read the{" "}
            <Link className="text-link" to={href(`/about/${kind}`)} target="_blank">
              {legalTitles[kind].toLowerCase()}
            </Link>
            {` (version ${version} of ${fullDate(publishedAt)}) and agree.`}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
