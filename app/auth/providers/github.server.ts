import * as openid from "openid-client";
import { z } from "zod";
import { emailSchema } from "#app/auth/email.ts";
import { claimedName, claimedPicture } from "#app/auth/providers/claims.server.ts";
import { providerTimeoutSeconds } from "#app/auth/providers/openid.server.ts";
import type { Provider } from "#app/auth/providers/provider-list.server.ts";
import { isLoopback, type ProviderSettings } from "#app/server/provider-settings.server.ts";

const itself = "https://github.com";

/** GitHub speaks OAuth 2 without OpenID: who came is asked of its API. */
export function githubProvider({ clientId, clientSecret, url }: NonNullable<ProviderSettings["github"]>): Provider {
  const api = url === itself ? "https://api.github.com" : `${url}/api/v3`;
  const configuration = new openid.Configuration(
    {
      issuer: `${url}/login/oauth`,
      authorization_endpoint: `${url}/login/oauth/authorize`,
      token_endpoint: `${url}/login/oauth/access_token`,
    },
    clientId,
    undefined,
    openid.ClientSecretPost(clientSecret),
  );
  configuration.timeout = providerTimeoutSeconds;
  if (isLoopback(new URL(url).hostname)) openid.allowInsecureRequests(configuration);

  async function ask<T>(path: string, token: string, schema: z.ZodType<T>): Promise<T> {
    const headers = new Headers({ Accept: "application/vnd.github+json", "User-Agent": "stoa" });
    const answer = await openid.fetchProtectedResource(configuration, token, new URL(api + path), "GET", null, headers);
    if (!answer.ok) throw new Error(`GitHub answered ${answer.status}`);
    return schema.parse(await answer.json());
  }

  return {
    key: "github",
    name: "GitHub",
    providerId: url === itself ? "github" : `github:${url}`,
    async addressFor({ redirectUri, state, verifier, purpose }) {
      return openid.buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri,
        scope: "user:email",
        state,
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        ...(purpose === "proof" && { prompt: "select_account" }),
      });
    },
    async vouch(callback, { state, verifier }) {
      // Which GitHub answered is known by the address that it was sent to: no other provider is told of it.
      const answer = new URL(callback);
      answer.searchParams.delete("iss");
      const checks = { expectedState: state, pkceCodeVerifier: verifier };
      const { access_token } = await openid.authorizationCodeGrant(configuration, answer, checks);
      const [user, emails] = await Promise.all([
        ask("/user", access_token, userSchema),
        ask("/user/emails", access_token, emailsSchema),
      ]);
      const primary = emails.find((each) => each.primary && each.verified)?.email;
      return {
        accountId: String(user.id),
        email: emailSchema.safeParse(primary).data ?? null,
        name: user.name ?? user.login,
        picture: user.avatar_url,
      };
    },
  };
}

const userSchema = z.object({
  id: z.number().int().positive(),
  login: claimedName,
  name: claimedName,
  avatar_url: claimedPicture,
});

const emailsSchema = z.array(z.object({ email: z.string(), primary: z.boolean(), verified: z.boolean() }));
