import { isIP } from "node:net";
import { z } from "zod";
import { domainsOf } from "#app/exclusions/exclusion.ts";
import { select, type Transaction } from "#app/server/database.server.ts";
import { requestScope } from "#app/server/request-scope.server.ts";
import { bareSkeletonOf } from "#app/users/username.ts";

/** The address of whoever asks, as PostgreSQL understands one; null where it is none. */
export function clientNetwork(): string | null {
  const address = (requestScope()?.clientAddress ?? "").replace(/%.*$/, "");
  return isIP(address) ? address : null;
}

/**
 * Why nothing is mailed to an address for whoever asks, as a sentence for the field; null where nothing stands against
 * it. The same for known and unknown addresses.
 */
export async function exclusionProblem(email: string): Promise<string | null> {
  const [found] = await select("exclusions", exclusionSql, [domainsOf(email), clientNetwork()], exclusionRow);
  if (found?.network) return networkBlocked;
  return found?.domain ? domainBlocked : null;
}

/** Why nobody adds that address; null where nothing stands against it. */
export async function domainProblem(email: string): Promise<string | null> {
  const [found] = await select("exclusions", exclusionSql, [domainsOf(email), null], exclusionRow);
  return found?.domain ? domainBlocked : null;
}

export const domainBlocked = "This site takes no addresses at that domain. Use another one.";
export const networkBlocked =
  "This site mails no codes to the network that you come from. Members sign in by password, passkey or another site.";

const exclusionSql = `
  select exists (select from blocked_domains where domain = any($1::text[])) as domain,
         exists (select from blocked_networks
                  where network >>= $2::inet and (expires_at is null or expires_at > now())) as network`;

const exclusionRow = z.object({ domain: z.boolean(), network: z.boolean() });

/** Whether the site's admins have reserved a username. Whoever has it already keeps it. */
export async function isReservedHere(tx: Transaction, username: string): Promise<boolean> {
  return (await tx.reservedName.count({ where: { skeleton: bareSkeletonOf(username) } })) > 0;
}
