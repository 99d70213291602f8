import { createHash, timingSafeEqual } from "node:crypto";
import * as openid from "openid-client";
import { href } from "react-router";
import { z } from "zod";
import { beginCeremony, findCeremony, readCeremonyToken, takeCeremony } from "#app/auth/ceremonies.server.ts";
import type { Purpose, Vouched } from "#app/auth/providers/provider.ts";
import { ProviderFailure } from "#app/auth/providers/provider-failure.server.ts";
import type { Provider } from "#app/auth/providers/provider-list.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { inTransaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";
import { seal, unseal } from "#app/server/sealing.server.ts";

/** A way to a provider that has begun: where the browser goes, and what ties it to this way. */
export interface Departure {
  address: string;
  cookie: string;
}

/** Somebody who is back from a provider. */
export interface Return {
  provider: Provider;
  purpose: Purpose;
  redirectTo: string;
  /** who had set out; null where nobody was signed in */
  userId: string | null;
  vouched: Vouched;
}

/** Begins a way to a provider and back. @throws ProviderFailure where the provider is away */
export async function depart(
  provider: Provider,
  { purpose, redirectTo, userId }: { purpose: Purpose; redirectTo: string; userId: string | null },
): Promise<Departure> {
  await spend("provider-by-source");
  const state = openid.randomState();
  const nonce = openid.randomNonce();
  const verifier = openid.randomPKCECodeVerifier();
  const tie = { state, nonce, verifier, purpose, redirectUri: callbackAddress(provider) };
  const address = await provider.addressFor(tie).catch((error: unknown) => fail(provider, error, "away"));
  const sealed = seal("provider", JSON.stringify({ nonce, verifier }));
  const { cookie } = await inTransaction((tx) =>
    beginCeremony(tx, "provider", { provider: provider.key, purpose, redirectTo, state, sealed }, userId),
  );
  return { address: address.href, cookie };
}

/**
 * Looks at what a browser brings back from a provider. The answer has to be one to the way that this very browser had
 * begun, and uses that way up before the provider is asked: a second time there is none.
 * @throws ProviderFailure
 */
export async function comeBack(provider: Provider, request: Request): Promise<Return> {
  await spend("provider-by-source");
  const { searchParams } = new URL(request.url);
  const token = readCeremonyToken("provider", request);
  const begun = await findCeremony("provider", request);
  if (!token || begun?.state.provider !== provider.key || !isSame(begun.state.state, searchParams.get("state"))) {
    throw new ProviderFailure("lost");
  }
  const taken = await inTransaction((tx) => takeCeremony(tx, "provider", token));
  if (!taken) throw new ProviderFailure("lost");
  const { purpose, redirectTo, state, sealed } = taken.state;
  const { nonce, verifier } = secrets.parse(JSON.parse(unseal("provider", sealed)));
  // The address is the one that the provider was told, whatever a proxy makes of ours.
  const callback = new URL(callbackAddress(provider));
  callback.search = searchParams.toString();
  const { key, providerId } = provider;
  const tie = { state, nonce, verifier, purpose };
  const found = await provider.vouch(callback, tie).catch((error: unknown) => fail(provider, error, problemOf(error)));
  return { provider, purpose, redirectTo, userId: taken.userId, vouched: { provider: key, providerId, ...found } };
}

const secrets = z.object({ nonce: z.string(), verifier: z.string() });

/** Where a provider sends people back to. */
export function callbackAddress({ key }: Provider): string {
  return settings().siteUrl + href("/sign-in/with/:provider/callback", { provider: key });
}

/** What went wrong, in one of the few words that a person can do something about. */
function fail(provider: Provider, error: unknown, problem: "declined" | "away" | "refused"): never {
  const failure = new ProviderFailure(problem, error);
  // Neither the answer's address nor what the provider sent is written down: there are codes and tokens in them.
  const { name, message } = error instanceof Error ? error : new Error("unknown");
  log.warn({ provider: provider.key, problem: failure.problem, error: { name, message } }, "a provider did not vouch");
  throw failure;
}

function problemOf(error: unknown): "declined" | "away" | "refused" {
  if (error instanceof openid.AuthorizationResponseError) {
    if (error.error === "access_denied") return "declined";
    return error.error === "temporarily_unavailable" || error.error === "server_error" ? "away" : "refused";
  }
  if (error instanceof openid.ResponseBodyError) return error.status >= 500 ? "away" : "refused";
  const code = error instanceof openid.ClientError ? error.code : undefined;
  if (code && awayCodes.has(code)) return "away";
  // fetch says with a TypeError, as a cause or by itself, that nobody has answered.
  const cause = error instanceof Error ? error.cause : undefined;
  const unanswered = [error, cause].some((each) => each instanceof TypeError && each.message === "fetch failed");
  return unanswered ? "away" : "refused";
}

const awayCodes = new Set([
  "OAUTH_TIMEOUT",
  "OAUTH_ABORT",
  "OAUTH_RESPONSE_IS_NOT_CONFORM",
  "OAUTH_RESPONSE_IS_NOT_JSON",
]);

function isSame(one: string, other: string | null): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return other !== null && timingSafeEqual(digest(one), digest(other));
}
