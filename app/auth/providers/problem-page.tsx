import { href } from "react-router";
import { EntryPage } from "#app/auth/entry-page.tsx";
import type { ProviderProblem } from "#app/auth/providers/provider.ts";
import { Link } from "#app/ui/link.tsx";

/** What went wrong on the way by a provider, and what the person can do. Nothing has been changed. */
export function ProblemPage({
  problem,
  name,
  signedIn,
}: {
  problem: ProviderProblem;
  /** of the provider */
  name: string;
  signedIn: boolean;
}) {
  const { title, lead } = words(name)[problem];
  const [to, label] = signedIn
    ? [href("/settings/security/providers"), "To your linked sites"]
    : [href("/sign-in"), "To the sign-in page"];
  return (
    <EntryPage title={title} lead={<p>{lead}</p>}>
      <p className="actions">
        <Link className="button primary" to={to}>
          {label}
        </Link>
      </p>
      {!signedIn && (
        <div className="entry-more">
          <p>
            You can also{" "}
            <Link className="text-link" to={href("/join")}>
              come in with a code by mail
            </Link>
            .
          </p>
        </div>
      )}
    </EntryPage>
  );
}

function words(name: string): Record<ProviderProblem, { title: string; lead: string }> {
  return {
    declined: {
      title: `${name} did not let you through`,
      lead: `You said no there, or ${name} did. Nothing has changed here. Try again, or come in another way.`,
    },
    away: {
      title: `${name} does not answer`,
      lead: `It may be away for a moment. Try again in a minute. Every other way in works as always.`,
    },
    refused: {
      title: `${name} gave an answer that we do not trust`,
      lead: "It did not fit what this browser had asked for, so it counts for nothing. Begin again, or come in another way.",
    },
    lost: {
      title: "This way is over",
      lead: `An answer of ${name} works once, within 15 minutes, in the browser that asked for it, and for the newest try. Begin again.`,
    },
    "not-you": {
      title: "That is another account",
      lead: `Whoever you are at ${name} now is not linked to your account here, so it proves nothing. Sign in there as yourself, or prove it another way.`,
    },
    taken: {
      title: "It is linked to somebody else",
      lead: `That account at ${name} lets somebody else in here. If they are you too, sign in to that account and unlink it first.`,
    },
    "another-linked": {
      title: `You have linked ${name} already`,
      lead: `Another account of yours at ${name} is linked. Unlink that one first.`,
    },
  };
}
