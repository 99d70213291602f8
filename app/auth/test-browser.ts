import { randomUUID } from "node:crypto";
import { createRequestHandler, RouterContextProvider, type ServerBuild } from "react-router";
import { z } from "zod";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";
import { unseal } from "#app/server/sealing.server.ts";
import { send, type TestResponse } from "#app/server/test-request.ts";

/** Somebody's browser: it keeps the cookies that it is given and sends them along, from an address of its own. */
export class TestBrowser {
  cookies = new Map<string, string>();
  from: string;

  constructor(from = newAddress()) {
    this.from = from;
  }

  get(path: string): Promise<TestResponse> {
    return this.#keep(send(path, { from: this.from, cookie: this.cookie }));
  }

  post(path: string, form: Record<string, string | File>): Promise<TestResponse> {
    return this.#keep(send(path, { from: this.from, cookie: this.cookie, form }));
  }

  /** Whom this browser has become: its viewer, or the address that it has proved, or nobody. */
  async identity(): Promise<string> {
    const viewer = /data-viewer="([^"]+)"/.exec((await this.get("/")).body)?.[1];
    if (viewer) return `viewer ${viewer}`;
    const profile = await this.get("/join/profile");
    return profile.status === 200 ? (/[\w.-]+@[\w.]+/.exec(profile.body)?.[0] ?? "?") : "nobody";
  }

  /** A form's body as it is, for what no form of ours would send. */
  postRaw(path: string, body: string, contentType?: string): Promise<number> {
    return sendRaw(path, { cookie: this.cookie, from: this.from, body, contentType });
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Asks for a code and types it in, as far as the code proves the address. */
  async proveAddress(email: string): Promise<TestResponse> {
    await this.post("/join", { email });
    return this.post("/join/code", { code: await lastCodeFor(email.toLowerCase()) });
  }

  async #keep(answer: Promise<TestResponse>): Promise<TestResponse> {
    const response = await answer;
    for (const header of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(header) ?? [];
      if (/; Max-Age=0/.test(header)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}

/** A POST whose body is no form of ours, or no form at all. @returns the answer's status */
export async function sendRaw(
  path: string,
  {
    body,
    contentType = "application/x-www-form-urlencoded",
    cookie = "",
    from = newAddress(),
  }: { body: string; contentType?: string; cookie?: string; from?: string },
): Promise<number> {
  const answer = createRequestHandler((await import("virtual:react-router/server-build")) as ServerBuild, "production");
  const { siteUrl } = settings();
  const headers = { Origin: siteUrl, Cookie: cookie, "Content-Type": contentType };
  const scope = { id: randomUUID(), clientAddress: from, statements: [] };
  const request = new Request(siteUrl + path, { method: "POST", headers, body });
  const response = await withRequestScope(scope, () => answer(request, new RouterContextProvider()));
  await response.text();
  return response.status;
}

let addresses = 0;

/** An address that no other browser of the test has, so that their limits are their own. */
function newAddress(): string {
  addresses += 1;
  return `198.18.${Math.floor(addresses / 250)}.${(addresses % 250) + 1}`;
}

const mailRow = z.object({ to: z.string(), subject: z.string(), text: z.string(), html: z.string() });

/** The mails in the queue, oldest first. */
export async function listQueuedMails(): Promise<z.infer<typeof mailRow>[]> {
  const jobs = z
    .array(z.object({ sealed: z.string() }))
    .parse(
      await db.$queryRaw`select data->>'sealed' as sealed from pgboss.job where name = 'send-mail' order by created_on`,
    );
  return jobs.map(({ sealed }) => mailRow.parse(JSON.parse(unseal("mail", sealed))));
}

/** Everything that joining leaves in the database, counted. */
export async function countTraces() {
  return {
    users: await db.user.count(),
    accounts: await db.account.count(),
    sessions: await db.session.count(),
    auditEvents: await db.auditEvent.count(),
    mails: (await listQueuedMails()).length,
    usedProofs: await db.emailProof.count({ where: { consumedAt: { not: null } } }),
  };
}

/** The newest link in a mail to an address that lets its reader in. */
export async function lastLinkFor(email: string): Promise<string | null> {
  const mails = (await listQueuedMails()).filter(({ to }) => to === email);
  const links = mails.map(({ text }) => /\/sign-in\/link\?token=[\w-]+/.exec(text)?.[0] ?? null);
  return links.findLast(Boolean) ?? null;
}

/** The code in the newest mail to an address. */
export async function lastCodeFor(email: string): Promise<string> {
  const mail = (await listQueuedMails()).filter(({ to }) => to === email).at(-1);
  return /\b\d{6}\b/.exec(mail?.text ?? "")?.[0] ?? "no code";
}
