import { href, redirect } from "react-router";
import { findCeremony } from "#app/auth/ceremonies.server.ts";
import { answerCode } from "#app/auth/code-answer.server.ts";
import { CodeForm } from "#app/auth/code-form.tsx";
import { findEmailProof } from "#app/auth/email-proofs.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { readJoinToken } from "#app/auth/join-cookie.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { stampForm } from "#app/auth/strangers/strangers.server.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/join-code";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export async function loader({ request, url }: Route.LoaderArgs) {
  const proof = await findEmailProof(readJoinToken(request));
  if (proof?.proved) throw redirect(href("/join/profile"));
  return { proof, again: url.searchParams.has("again"), shown: stampForm() };
}

export async function action({ request }: Route.ActionArgs) {
  return answerCode(await readForm(request), request, await afterCode(request));
}

/** Whom a provider had vouched for before can link it now. */
async function afterCode(request: Request): Promise<string> {
  const waiting = await findCeremony("provider-newcomer", request);
  return waiting?.state.email ? href("/settings/security/providers") : "/";
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Enter the code", matches);

export default function JoinCode({ loaderData: { proof, again, shown }, actionData }: Route.ComponentProps) {
  if (!proof) return <StartAgain />;
  const anew = { action: href("/join"), otherAddress: href("/join") };
  // A new code is a new form.
  return (
    <CodeForm
      key={proof.id}
      email={proof.email}
      again={again}
      lastResult={actionData?.lastResult}
      step={2}
      anew={anew}
      shown={shown}
    />
  );
}

function StartAgain() {
  return (
    <EntryPage
      title="The code is gone"
      lead={<p>A code works for 10 minutes, once, in the browser that asked for it. This browser has none now.</p>}
    >
      <p className="actions">
        <Link className="button primary" to={href("/join")}>
          Ask for a new code
        </Link>
      </p>
    </EntryPage>
  );
}
