import { href, redirect } from "react-router";
import { findCeremony } from "#app/auth/ceremonies.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { titled } from "#app/auth/page-title.ts";
import { choiceOf } from "#app/auth/providers/provider-list.server.ts";
import { viewerContext } from "#app/auth/viewer.ts";
import { neverCached } from "#app/auth/visitors-only.ts";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/known-address";

export const middleware: Route.MiddlewareFunction[] = [neverCached];

export async function loader({ request, context }: Route.LoaderArgs) {
  if (context.get(viewerContext)) throw redirect(href("/settings/security/providers"));
  const waiting = await findCeremony("provider-newcomer", request);
  if (!waiting?.state.email) throw redirect(href("/sign-in"));
  return { email: waiting.state.email, name: choiceOf(waiting.state.provider).name };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Is it yours?", matches);

/** An address that a provider has vouched for has an account here: the two become one only by its owner's hand. */
export default function KnownAddress({ loaderData: { email, name } }: Route.ComponentProps) {
  const signIn = `${href("/sign-in")}?redirectTo=${encodeURIComponent(href("/settings/security/providers"))}`;
  return (
    <EntryPage
      title="This address has an account"
      lead={
        <p>
          <span className="entry-address">{email}</span>
          {` belongs to an account here, which ${name} is not linked to. If it is yours, sign in to it once as you always do; then you can link ${name} with one button.`}
        </p>
      }
    >
      <p className="actions">
        <Link className="button primary" to={signIn}>
          Sign in to it
        </Link>
      </p>
      <div className="entry-more">
        <p>
          You do not know how? Your mailbox is enough:{" "}
          <Link className="text-link" to={href("/join")}>
            come in with a code by mail
          </Link>
          .
        </p>
      </div>
    </EntryPage>
  );
}
