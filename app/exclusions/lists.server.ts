import { isIP } from "node:net";
import { z } from "zod";
import type { RequestFacts } from "#app/auth/browser.server.ts";
import { assertStillAdmin } from "#app/auth/still-admin.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import type { Exclusion, ExclusionInput, ExclusionKind } from "#app/exclusions/exclusion.ts";
import type { AuditKind } from "#app/register/audit-event.ts";
import { recordEvent } from "#app/register/audit-events.server.ts";
import { inTransaction, select, type Transaction } from "#app/server/database.server.ts";
import { bareSkeletonOf } from "#app/users/username.ts";

const lists = {
  names: { table: "reserved_names", key: "skeleton", words: "word", expiresAt: "null::timestamptz" },
  domains: { table: "blocked_domains", key: "domain", words: "domain", expiresAt: "null::timestamptz" },
  networks: { table: "blocked_networks", key: "id", words: "network", expiresAt: "expires_at" },
} as const satisfies Record<ExclusionKind, object>;

const events = {
  names: { added: "name-reserved", removed: "name-released" },
  domains: { added: "domain-blocked", removed: "domain-unblocked" },
  networks: { added: "network-blocked", removed: "network-unblocked" },
} as const satisfies Record<ExclusionKind, { added: AuditKind; removed: AuditKind }>;

export const exclusionPageSize = 100;

/** One of the lists by its words, with what has had its time. @param after the words at the end of the page before */
export async function listExclusions(
  kind: ExclusionKind,
  after: string,
): Promise<{ exclusions: Exclusion[]; next: string | null }> {
  const { table, key, words, expiresAt } = lists[kind];
  const sql = `
    select e.${key}::text as key, e.${words}::text as words, e.reason, e.created_at as "createdAt",
           ${expiresAt} as "expiresAt", u.username as "createdBy"
      from ${table} e left join users u on u.id = e.created_by
     where e.${words}::text > $1 order by e.${words}::text limit ${exclusionPageSize + 1}`;
  const rows = await select(`exclusions-${kind}`, sql, [after], exclusionRow);
  const exclusions = rows.slice(0, exclusionPageSize);
  return { exclusions, next: rows.length > exclusionPageSize ? (exclusions.at(-1)?.words ?? null) : null };
}

const iso = z.date().transform((at) => at.toISOString());
const exclusionRow = z.object({
  key: z.string(),
  words: z.string(),
  reason: z.string(),
  createdAt: iso,
  createdBy: z.string().nullable(),
  expiresAt: iso.nullable(),
});

/**
 * Puts something on a list; what stands there already gets the new reason and time.
 * @returns what is wrong with it, as a sentence for the field; null when it is done
 */
export async function addExclusion(
  viewer: Viewer,
  kind: ExclusionKind,
  { what, days, reason }: ExclusionInput,
  facts: RequestFacts,
): Promise<string | null> {
  const problem = kind === "networks" ? networkProblem(what) : null;
  if (problem) return problem;
  return inTransaction(async (tx) => {
    await assertStillAdmin(tx, viewer);
    if (kind === "networks" && (await holdsAddress(tx, what, facts.ipAddress))) {
      return "You are in that network yourself: no code would be mailed to you.";
    }
    await add(tx, kind, { what, days, reason, createdBy: viewer.id });
    const details = { what, reason, ...(days !== null && { days }) };
    await recordEvent(tx, events[kind].added, { userId: viewer.id, actorId: viewer.id, ...facts, details });
    return null;
  });
}

async function add(
  tx: Transaction,
  kind: ExclusionKind,
  { what, days, reason, createdBy }: ExclusionInput & { createdBy: string },
): Promise<void> {
  if (kind === "names") {
    const row = { word: what, reason, createdBy };
    const skeleton = bareSkeletonOf(what);
    await tx.reservedName.upsert({ where: { skeleton }, create: { skeleton, ...row }, update: row });
  } else if (kind === "domains") {
    const row = { reason, createdBy };
    await tx.blockedDomain.upsert({ where: { domain: what }, create: { domain: what, ...row }, update: row });
  } else {
    const expiresAt = days === null ? null : new Date(Date.now() + days * 86_400_000);
    await tx.$executeRaw`
      insert into blocked_networks (network, reason, created_by, expires_at)
      values (network(${what}::inet), ${reason}, ${createdBy}::uuid, ${expiresAt}::timestamptz)
      on conflict (network) do update
         set reason = excluded.reason, created_by = excluded.created_by, expires_at = excluded.expires_at`;
  }
}

/** Takes something off a list. @returns whether it stood there */
export async function removeExclusion(
  viewer: Viewer,
  kind: ExclusionKind,
  key: string,
  facts: RequestFacts,
): Promise<boolean> {
  const { table, key: column, words } = lists[kind];
  return inTransaction(async (tx) => {
    await assertStillAdmin(tx, viewer);
    const [removed] = removedRows.parse(
      await tx.$queryRawUnsafe(
        `delete from ${table} where ${column}::text = $1 returning ${words}::text as what, reason`,
        key,
      ),
    );
    if (!removed) return false;
    await recordEvent(tx, events[kind].removed, { userId: viewer.id, actorId: viewer.id, ...facts, details: removed });
    return true;
  });
}

const removedRows = z.array(z.object({ what: z.string(), reason: z.string() }));

/** Wider ones hold too many who have nothing to do with it. */
const widest = { 4: 8, 6: 19 } as const;

function networkProblem(what: string): string | null {
  const [address = "", bits] = what.split("/");
  const version = isIP(address);
  const all = version === 4 ? 32 : 128;
  const length = bits === undefined ? all : Number(bits);
  if ((version !== 4 && version !== 6) || length > all) return "Enter a network such as 192.0.2.0/24.";
  return length < widest[version] ? `That is too wide: /${widest[version]} at the widest.` : null;
}

async function holdsAddress(tx: Transaction, network: string, address: string): Promise<boolean> {
  if (!isIP(address)) return false;
  const [row] = await tx.$queryRaw<
    { holds: boolean }[]
  >`select network(${network}::inet) >>= ${address}::inet as holds`;
  return row?.holds ?? false;
}
