import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import Provider, { type Configuration } from "oidc-provider";
import type { TestBrowser } from "#app/auth/test-browser.ts";
import { siteUrl, type TestResponse } from "#app/server/test-request.ts";

/** What the provider of a test says of one of its people. */
export interface ProvidersPerson {
  email?: string;
  email_verified?: boolean;
  name?: string;
  picture?: string;
}

/** A real OpenID Connect provider on this machine. Whoever comes to it is `person` at once, and is asked nothing. */
export interface TestProvider {
  issuer: string;
  /** who comes next */
  person: string;
  /** refuses whoever comes, as if they had said no */
  refusing: boolean;
  people: Map<string, ProvidersPerson>;
  /** the paths that were asked of it */
  asked: string[];
  stop(): Promise<void>;
  /** changes answers to be wrong; null for the right ones */
  tamper: ((path: string) => { status: number; body: string } | null) | null;
}

export const clientId = "stoa";
export const clientSecret = "the provider and the site know it";

/** Starts a provider, and gives its settings to this test's site; before anything reads them. */
export async function startProvider(name = "Acme"): Promise<TestProvider> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  const started: TestProvider = {
    issuer,
    person: "mina",
    refusing: false,
    people: new Map(),
    asked: [],
    tamper: null,
    stop: () => stop(server),
  };
  const provider = new Provider(issuer, configurationOf(started));
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    const url = request.url ?? "";
    started.asked.push(url.split("?")[0] ?? "");
    const wrong = started.tamper?.(url);
    if (wrong) return response.writeHead(wrong.status, { "Content-Type": "application/json" }).end(wrong.body);
    if (!url.startsWith("/interaction/")) return answer(request, response);
    if (started.refusing) return provider.interactionFinished(request, response, { error: "access_denied" });
    const { params, grantId } = await provider.interactionDetails(request, response);
    const accountId = started.person;
    const grant = (grantId && (await provider.Grant.find(grantId))) || new provider.Grant({ accountId, clientId });
    grant.addOIDCScope(String(params.scope));
    const consent = { grantId: await grant.save() };
    return provider.interactionFinished(request, response, { login: { accountId }, consent });
  });
  Object.assign(process.env, {
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: clientId,
    OIDC_CLIENT_SECRET: clientSecret,
    OIDC_NAME: name,
  });
  return started;
}

function configurationOf(started: TestProvider): Configuration {
  return {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [`${siteUrl}/sign-in/with/oidc/callback`],
        grant_types: ["authorization_code"],
        response_types: ["code"],
      },
    ],
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, ...started.people.get(accountId) }),
    }),
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name", "picture"] },
    features: { devInteractions: { enabled: false } },
    pkce: { required: () => true },
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, AuthorizationCode: 60, IdToken: 600 },
    cookies: { keys: ["only for tests"] },
  };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((stopped) => server.close(() => stopped()));
}

/** Where a page of ours sends its browser on to. */
export function departureOf(answer: TestResponse): string {
  return /^0; url=(.+)$/.exec(answer.headers.get("refresh") ?? "")?.[1] ?? "";
}

/** Goes through the provider's pages with cookies of its own. @returns the path here to which it leads back */
export async function throughProvider(address: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = address;
  for (let step = 0; step < 10; step += 1) {
    const cookie = [...cookies].map((pair) => pair.join("=")).join("; ");
    const answer = await fetch(next, { redirect: "manual", headers: { cookie } });
    for (const header of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      cookies.set(name, value);
    }
    const location = answer.headers.get("location");
    if (!location) throw new Error(`The provider stopped with ${answer.status}: ${await answer.text()}`);
    next = new URL(location, next).href;
    if (next.startsWith(siteUrl)) return next.slice(siteUrl.length);
  }
  throw new Error("The provider leads in circles");
}

/** The whole way: from a button here through the provider and back. */
export async function comeBy(browser: TestBrowser, { from = "/sign-in/with/oidc", redirectTo = "/" } = {}) {
  const begun = await browser.post(from, { redirectTo });
  return browser.get(await throughProvider(departureOf(begun)));
}
