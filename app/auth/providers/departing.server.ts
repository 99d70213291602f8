import { data } from "react-router";
import { depart } from "#app/auth/providers/journeys.server.ts";
import type { ProviderProblem, Purpose } from "#app/auth/providers/provider.ts";
import { ProviderFailure } from "#app/auth/providers/provider-failure.server.ts";
import { findProvider } from "#app/auth/providers/provider-list.server.ts";

/** The offered provider that an address names. @throws 404 where there is none */
export function namedProvider(key: string) {
  const provider = findProvider(key);
  if (!provider) throw data(null, { status: 404, statusText: "Not Found" });
  return provider;
}

/** What a page of departure shows. */
export interface Departing {
  name: string;
  address: string | null;
  problem: ProviderProblem | null;
}

/** Sends a browser to a provider by way of a page of ours. */
export async function departFrom(
  key: string,
  journey: { purpose: Purpose; redirectTo: string; userId: string | null },
) {
  const provider = namedProvider(key);
  const { name } = provider;
  try {
    const { address, cookie } = await depart(provider, journey);
    const headers = { "Set-Cookie": cookie, Refresh: `0; url=${address}`, "Cache-Control": "private, no-store" };
    return data<Departing>({ name, address, problem: null }, { headers });
  } catch (error) {
    if (!(error instanceof ProviderFailure)) throw error;
    return data<Departing>({ name, address: null, problem: error.problem }, { status: 400 });
  }
}
