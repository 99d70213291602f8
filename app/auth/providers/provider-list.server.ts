import { githubProvider } from "#app/auth/providers/github.server.ts";
import { openidProvider } from "#app/auth/providers/openid.server.ts";
import type { ProviderChoice, ProviderKey, Purpose } from "#app/auth/providers/provider.ts";
import { settings } from "#app/server/env.server.ts";

/** What ties a way to the provider and back together. */
export interface Tie {
  state: string;
  nonce: string;
  /** PKCE's */
  verifier: string;
  purpose: Purpose;
}

export interface Provider extends ProviderChoice {
  /** its accounts' name in our table; another installation has another one */
  providerId: string;
  /** where the person is sent */
  addressFor(tie: Tie & { redirectUri: string }): Promise<URL>;
  /** Who has come back. @throws where the answer is not one to this tie, or the provider gives none */
  vouch(
    callback: URL,
    tie: Tie,
  ): Promise<{
    accountId: string;
    email: string | null;
    name: string | null;
    picture: string | null;
  }>;
}

let offered: Provider[] | undefined;

/** The providers that the site's settings name. */
function providers(): Provider[] {
  const { github, oidc } = settings().providers;
  offered ??= [...(github ? [githubProvider(github)] : []), ...(oidc ? [openidProvider(oidc)] : [])];
  return offered;
}

export function findProvider(key: string | undefined): Provider | null {
  return providers().find((each) => each.key === key) ?? null;
}

/** For pages. */
export function listChoices(): ProviderChoice[] {
  return providers().map(({ key, name }) => ({ key, name }));
}

/** Those of the offered providers in which somebody has one of these accounts. */
export function listChoicesAmong(providerIds: string[]): ProviderChoice[] {
  return providers()
    .filter(({ providerId }) => providerIds.includes(providerId))
    .map(({ key, name }) => ({ key, name }));
}

export function choiceOf(key: ProviderKey): ProviderChoice {
  return { key, name: findProvider(key)?.name ?? "the other site" };
}

/** The names in our table of the accounts that let somebody in. */
export function listProviderIds(): string[] {
  return providers().map(({ providerId }) => providerId);
}
