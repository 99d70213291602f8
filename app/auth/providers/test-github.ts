import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** An address as GitHub's API lists it. */
interface GithubEmail {
  email: string;
  primary: boolean;
  verified: boolean;
}

/** Stands where GitHub Enterprise would: its three doors, as GitHub's documentation describes them. */
export interface TestGithub {
  url: string;
  user: { id: number; login: string; name: string | null; avatar_url: string };
  emails: GithubEmail[];
  /** what its API answers instead; null for what is right */
  failing: number | null;
  stop(): Promise<void>;
}

/** Starts it, and gives its settings to this test's site; before anything reads them. */
export async function startGithub(): Promise<TestGithub> {
  const challenges = new Map<string, string>();
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", started.url);
    const answer = (status: number, body: unknown) =>
      response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
    if (url.pathname === "/login/oauth/authorize") {
      const { redirect_uri = "", state = "", code_challenge = "" } = Object.fromEntries(url.searchParams);
      const code = `code-${challenges.size}`;
      challenges.set(code, code_challenge);
      return response.writeHead(302, { Location: `${redirect_uri}?code=${code}&state=${state}` }).end();
    }
    if (url.pathname === "/login/oauth/access_token") {
      const form = new URLSearchParams(await bodyOf(request));
      const challenge = createHash("sha256")
        .update(form.get("code_verifier") ?? "")
        .digest("base64url");
      const code = form.get("code") ?? "";
      const right = form.get("client_secret") === "known to both" && challenges.get(code) === challenge;
      challenges.delete(code);
      // GitHub says with 200 that it refuses.
      if (!right) return answer(200, { error: "bad_verification_code" });
      return answer(200, { access_token: "a-token", token_type: "bearer", scope: "user:email" });
    }
    if (started.failing) return answer(started.failing, { message: "no" });
    if (request.headers.authorization !== "Bearer a-token") return answer(401, { message: "Bad credentials" });
    if (url.pathname === "/api/v3/user") return answer(200, started.user);
    if (url.pathname === "/api/v3/user/emails") return answer(200, started.emails);
    return answer(404, { message: "Not Found" });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
  const started: TestGithub = {
    url,
    user: { id: 1, login: "octo", name: null, avatar_url: `${url}/avatar.png` },
    emails: [],
    failing: null,
    stop: () => {
      server.closeAllConnections();
      return new Promise((stopped) => server.close(() => stopped()));
    },
  };
  Object.assign(process.env, { GITHUB_URL: url, GITHUB_CLIENT_ID: "stoa", GITHUB_CLIENT_SECRET: "known to both" });
  return started;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += part;
  return body;
}
