import { randomUUID } from "node:crypto";
import { text } from "node:stream/consumers";
import { browserOf } from "#app/auth/browser.server.ts";
import { join } from "#app/auth/join.server.ts";
import { readJoinToken } from "#app/auth/join-cookie.server.ts";
import { readJoiningPasskey } from "#app/auth/passkeys/joining.server.ts";
import { hashPassword } from "#app/auth/password/passwords.server.ts";
import { findVouchedNewcomer } from "#app/auth/providers/newcomer.server.ts";
import { makeFirstAdmin } from "#app/auth/setup.server.ts";
import type { LastStep } from "#app/auth/test-newcomers.ts";
import { startJobs } from "#app/server/jobs.server.ts";
import { withRequestScope } from "#app/server/request-scope.server.ts";

/*
 * A process of its own that takes somebody's last step and is killed in the middle: before the statement of that
 * number, or that many milliseconds after it was sent. One that is to die at none says how many statements it sent.
 */

export interface Death {
  atStatement: number;
  when: "before" | number;
}

const { path, cookie, form, atStatement, when }: LastStep & Death = JSON.parse(await text(process.stdin));
const { username = "", name = "", email = "", password = "", passkey } = form;
const request = new Request(`http://localhost:3000${path}`, { headers: { Cookie: cookie } });
const browser = browserOf(request);
const passwordHash = password && (await hashPassword(password));

await startJobs({ polling: false });

const die = () => process.kill(process.pid, "SIGKILL");
let statements = 0;
const beforeStatement = () => {
  if (statements++ !== atStatement) return;
  if (when === "before") die();
  else setTimeout(die, when);
};

const scope = { id: randomUUID(), clientAddress: "198.19.1.4", statements: [], beforeStatement };
await withRequestScope(scope, takeStep);
// Whoever is to die after the last statement may be done before.
if (atStatement >= 0) die();
process.stdout.write(String(statements), () => process.exit());

async function takeStep(): Promise<unknown> {
  const token = readJoinToken(request);
  if (path.startsWith("/setup")) {
    const setupToken = new URL(request.url).searchParams.get("token") ?? "";
    return makeFirstAdmin({ token: setupToken, email, username, name, passwordHash, browser });
  }
  if (path === "/join/with-provider") {
    const newcomer = await findVouchedNewcomer(request);
    if (!newcomer || newcomer === "unproved") throw new Error("Nobody vouches for them");
    const wayIn = { vouchedToken: newcomer.token };
    return join({ token: newcomer.proofToken, wayIn, username, name, browser });
  }
  const wayIn = passkey === undefined ? { passwordHash } : await readJoiningPasskey(passkey, request);
  if (!wayIn) throw new Error("There is no such passkey");
  return join({ token, wayIn, username, name, browser });
}
