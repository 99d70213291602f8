import { data, redirectDocument } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { endedCeremonyCookie } from "#app/auth/ceremonies.server.ts";
import { goOn, type SetCookies } from "#app/auth/door.server.ts";
import { expiredJoinCookie } from "#app/auth/join-cookie.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { arrive } from "#app/auth/providers/arrival.server.ts";
import { namedProvider } from "#app/auth/providers/departing.server.ts";
import { comeBack } from "#app/auth/providers/journeys.server.ts";
import { lastWayCookie } from "#app/auth/providers/last-way-cookie.server.ts";
import { ProblemPage } from "#app/auth/providers/problem-page.tsx";
import { ProviderFailure } from "#app/auth/providers/provider-failure.server.ts";
import { viewerContext } from "#app/auth/viewer.ts";
import { neverCached } from "#app/auth/visitors-only.ts";
import type { Route } from "./+types/callback";

export const middleware: Route.MiddlewareFunction[] = [neverCached];

/**
 * Where a provider sends people back to. It has to be a visit and does something all the same: what stands for the
 * form is the ceremony, which this browser has begun by one.
 */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const provider = namedProvider(params.provider);
  const viewer = context.get(viewerContext);
  try {
    // A look by HEAD uses nothing up.
    if (request.method !== "GET") throw new ProviderFailure("lost");
    const arrival = await arrive(await comeBack(provider, request), viewer, browserOf(request));
    const over: SetCookies = [["Set-Cookie", endedCeremonyCookie("provider")]];
    if (arrival.is === "done") return redirectDocument(arrival.redirectTo, { headers: over });
    over.push(["Set-Cookie", lastWayCookie(provider.key)]);
    if (arrival.is === "known") return goOn(arrival.entry, arrival.redirectTo, over);
    // What was asked for by mail before is not the way that they go now.
    over.push(["Set-Cookie", expiredJoinCookie()], ["Set-Cookie", arrival.cookie]);
    return redirectDocument(arrival.to, { headers: over });
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return data({ problem: error.problem, name: provider.name, signedIn: viewer !== null }, { status: 400 });
  }
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Sign in", matches);

export default function Callback({ loaderData }: Route.ComponentProps) {
  return <ProblemPage {...loaderData} />;
}
