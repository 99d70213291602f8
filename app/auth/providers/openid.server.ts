import * as openid from "openid-client";
import { z } from "zod";
import { emailSchema } from "#app/auth/email.ts";
import { claimedName, claimedPicture, claimedSubject } from "#app/auth/providers/claims.server.ts";
import type { Provider } from "#app/auth/providers/provider-list.server.ts";
import { isLoopback, type ProviderSettings } from "#app/server/provider-settings.server.ts";

/** A provider that does not answer is away after so long. */
export const providerTimeoutSeconds = 5;
/** After a while the provider is asked again where its doors are. */
const keptMs = 3_600_000;
/** Who proves themselves again was asked by the provider within this time. */
const proofMaxAgeSeconds = 120;

/** Any OpenID Connect provider, found by its issuer. */
export function openidProvider({
  issuer,
  clientId,
  clientSecret,
  name,
}: NonNullable<ProviderSettings["oidc"]>): Provider {
  let kept: { configuration: openid.Configuration; until: number } | undefined;

  async function configuration(): Promise<openid.Configuration> {
    if (kept && kept.until > Date.now()) return kept.configuration;
    const found = await discover(issuer, clientId, clientSecret);
    kept = { configuration: found, until: Date.now() + keptMs };
    return found;
  }

  return {
    key: "oidc",
    name,
    // The same subject of another issuer is somebody else.
    providerId: `oidc:${issuer}`,
    async addressFor({ redirectUri, state, nonce, verifier, purpose }) {
      return openid.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: "openid email profile",
        state,
        nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        ...(purpose === "proof" && { prompt: "login", max_age: String(proofMaxAgeSeconds) }),
      });
    },
    async vouch(callback, { state, nonce, verifier, purpose }) {
      const found = await configuration();
      const tokens = await openid.authorizationCodeGrant(found, callback, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
        ...(purpose === "proof" && { maxAge: proofMaxAgeSeconds }),
      });
      const claimed = tokens.claims();
      const { sub } = idToken.parse(claimed);
      const more = found.serverMetadata().userinfo_endpoint
        ? await openid.fetchUserInfo(found, tokens.access_token, sub)
        : {};
      const {
        email,
        email_verified,
        name: calledThere,
        preferred_username,
        picture,
      } = person.parse({ ...claimed, ...more });
      return {
        accountId: sub,
        email: email_verified ? email : null,
        name: calledThere ?? preferred_username,
        picture,
      };
    },
  };
}

async function discover(issuer: string, clientId: string, clientSecret: string): Promise<openid.Configuration> {
  const insecure = isLoopback(new URL(issuer).hostname);
  const options = { timeout: providerTimeoutSeconds, ...(insecure && { execute: [openid.allowInsecureRequests] }) };
  const found = await openid.discovery(new URL(issuer), clientId, undefined, openid.None(), options);
  const server = found.serverMetadata();
  // Basic is what a provider can that does not say.
  const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
  const auth = methods.includes("client_secret_basic")
    ? openid.ClientSecretBasic(clientSecret)
    : openid.ClientSecretPost(clientSecret);
  const configuration = new openid.Configuration(server, clientId, undefined, auth);
  configuration.timeout = providerTimeoutSeconds;
  if (insecure) openid.allowInsecureRequests(configuration);
  openid.enableNonRepudiationChecks(configuration);
  return configuration;
}

const idToken = z.object({ sub: claimedSubject });

/** Nothing of it is needed: what is not as it should be counts as not said. */
const person = z.object({
  email: emailSchema.nullable().catch(null),
  email_verified: z.literal(true).optional().catch(undefined),
  name: claimedName,
  preferred_username: claimedName,
  picture: claimedPicture,
});
