import { data } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { findVeto, stopByLink } from "#app/auth/recovery/factor-recovery.server.ts";
import { LinkOver, TakeBack, TakenBack } from "#app/auth/recovery/take-back.tsx";
import { tokenOf } from "#app/auth/tokens.server.ts";
import { neverCached } from "#app/auth/visitors-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import type { Route } from "./+types/stop-recovery";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached];

export async function loader({ url }: Route.LoaderArgs) {
  const token = tokenOf(url);
  return { veto: token && (await findVeto(token)) };
}

export async function action({ request, url }: Route.ActionArgs) {
  await spend("veto-by-source");
  const token = tokenOf(url);
  const stopped = token !== null && (await stopByLink(token, factsOf(request)));
  return data({ stopped }, { status: stopped ? 200 : 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Keep your second factor", matches);

export default function StopRecovery({ loaderData: { veto }, actionData }: Route.ComponentProps) {
  if (actionData?.stopped) {
    return (
      <TakenBack
        title="Your second factor stays"
        lead="Whoever asked for it knew your password, or reads your mail. Now choose a new password."
      />
    );
  }
  if (!veto) return <LinkOver lead="There is nothing left to stop by it." />;
  return (
    <TakeBack
      title="Keep your second factor"
      lead={`Somebody asked to have the second factor taken off the account @${veto.username}. If that was not you, stop it.`}
      button={{ words: "Stop it", busy: "Stopping it" }}
    />
  );
}
