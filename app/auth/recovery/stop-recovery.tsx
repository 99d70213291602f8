import { data, Form, href } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { titled } from "#app/auth/page-title.ts";
import { findVeto, stopByLink } from "#app/auth/recovery/factor-recovery.server.ts";
import { isToken } from "#app/auth/tokens.server.ts";
import { neverCached } from "#app/auth/visitors-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/stop-recovery";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached];

export async function loader({ url }: Route.LoaderArgs) {
  const token = url.searchParams.get("token");
  return { veto: isToken(token) ? await findVeto(token) : null };
}

export async function action({ request, url }: Route.ActionArgs) {
  await spend("veto-by-source");
  const token = url.searchParams.get("token");
  const stopped = isToken(token) && (await stopByLink(token, factsOf(request)));
  return data({ stopped }, { status: stopped ? 200 : 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Keep your second factor", matches);

export default function StopRecovery({ loaderData: { veto }, actionData }: Route.ComponentProps) {
  if (actionData?.stopped) {
    return (
      <EntryPage
        title="Your second factor stays"
        lead={<p>Whoever asked for it knew your password, or reads your mail. Now choose a new password.</p>}
      >
        <p className="actions">
          <Link className={buttonClass()} to={href("/forgot-password")}>
            Choose a new password
          </Link>
        </p>
      </EntryPage>
    );
  }
  if (!veto) {
    return (
      <EntryPage title="This link is over" lead={<p>There is nothing left to stop by it.</p>}>
        {null}
      </EntryPage>
    );
  }
  return (
    <EntryPage
      title="Keep your second factor"
      lead={
        <p>{`Somebody asked to have the second factor taken off the account @${veto.username}. If that was not you, stop it.`}</p>
      }
    >
      <Form method="post" className="form">
        <SubmitButton busyText="Stopping it">Stop it</SubmitButton>
      </Form>
    </EntryPage>
  );
}
