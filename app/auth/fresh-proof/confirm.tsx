import { Form, href, redirect } from "react-router";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { isFresh } from "#app/auth/fresh-proof/fresh-proof.ts";
import { findKeptForm } from "#app/auth/fresh-proof/kept-forms.server.ts";
import { ByPassword, ByProvider, BySecondFactor } from "#app/auth/fresh-proof/proof-forms.tsx";
import { listProofs } from "#app/auth/fresh-proof/proving.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { PasskeyButton } from "#app/auth/passkeys/passkey-button.tsx";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import type { Route } from "./+types/confirm";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ request, context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const redirectTo = redirectTarget(url.searchParams.get("redirectTo"));
  const kept = await findKeptForm(viewer, redirectTo, request);
  if (isFresh(viewer) && !kept) throw redirect(redirectTo);
  return { redirectTo, kept: isFresh(viewer) ? kept : null, proofs: await listProofs(viewer) };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Is it you?", matches);

/** Asks for a proof once more before a sensitive act, and then offers the form that was on its way again. */
export default function Confirm({ loaderData: { redirectTo, kept, proofs } }: Route.ComponentProps) {
  const nothingElse = !proofs.password && !proofs.secondFactor;
  if (kept) return <GoOn path={kept.path} fields={kept.fields} />;
  return (
    <EntryPage
      title="Is it you?"
      lead={<p>What comes next is for you alone, so show once more who you are. It holds for ten minutes.</p>}
    >
      {proofs.passkey && (
        <PasskeyButton
          optionsPath={href("/confirm/passkey/options")}
          action={href("/confirm/passkey")}
          redirectTo={redirectTo}
        />
      )}
      {proofs.secondFactor && <BySecondFactor redirectTo={redirectTo} />}
      {proofs.password && !proofs.secondFactor && <ByPassword redirectTo={redirectTo} />}
      {nothingElse &&
        proofs.providers.map((choice) => <ByProvider key={choice.key} redirectTo={redirectTo} choice={choice} />)}
      {!proofs.secondFactor && (
        <Form method="post" action={href("/confirm/code")} className="form">
          <input type="hidden" name="redirectTo" value={redirectTo} />
          <p className="muted">
            {proofs.password || proofs.providers.length > 0
              ? "Or have a code sent to your address."
              : "We send a code to your address."}
          </p>
          <SubmitButton
            kind={proofs.password || proofs.providers.length > 0 ? "plain" : "primary"}
            name="send"
            value="true"
            busyText="Sending the code"
          >
            Send a code
          </SubmitButton>
        </Form>
      )}
    </EntryPage>
  );
}

function GoOn({ path, fields }: { path: string; fields: [string, string][] }) {
  return (
    <EntryPage title="It is you" lead={<p>What you had entered is still here. Press the button to go on with it.</p>}>
      <Form method="post" action={path} reloadDocument className="form">
        {fields.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <SubmitButton busyText="Going on">Go on</SubmitButton>
      </Form>
    </EntryPage>
  );
}
