import { z } from "zod";
import { type Head, type Register, registers } from "#app/register/register.ts";
import { commitmentTo, type Entry, hashOfLink, isOurs } from "#app/register/seal.server.ts";

/** Sends a statement and gives the rows; times are read in UTC. */
export type Query = (text: string, values?: unknown[]) => Promise<unknown[]>;

export interface ChainReport {
  /** how many rows are sealed */
  sealed: number;
  /** how many came after the last sealing */
  unsealed: number;
  head: Head | null;
  problems: ChainProblem[];
}

export interface ChainProblem {
  /** null where a row or its seal is gone, or where it is the chain itself */
  rowId: string | null;
  position: number | null;
  what: string;
}

const sealsAtOnce = 5_000;

/**
 * Reads a register from its first seal to its last and says what is not as it was sealed. All statements must see the
 * same moment.
 * @param secrets the site's, the former ones too; without any, who made the seals is left unsaid
 */
export async function checkChain(
  query: Query,
  register: Register,
  { secrets, knownHeads = [] }: { secrets: string[]; knownHeads?: Head[] },
): Promise<ChainReport> {
  const problems: ChainProblem[] = [];
  let sealed = 0;
  let last: Head = { position: 0, hash: "" };
  let isBroken = false;
  for (;;) {
    const seals = sealRows.parse(await query(sealsSql, [register, last.position, sealsAtOnce]));
    const rows = await listRows(query, register, seals);
    for (const each of seals) {
      const seal = { ...each, ...(rows.get(each.rowId) ?? noRow) };
      if (seal.position !== last.position + 1) {
        problems.push(missingSeals(last.position + 1, seal.position - 1));
        isBroken = true;
      }
      problems.push(...checkSeal({ ...seal, register }, isBroken ? null : last.hash, secrets));
      isBroken = false;
      last = { position: seal.position, hash: seal.hash };
      for (const known of knownHeads.filter(({ position }) => position === seal.position)) {
        if (known.hash !== seal.hash) {
          problems.push({
            rowId: seal.rowId,
            position: seal.position,
            what: "was sealed anew since its hash was kept",
          });
        }
      }
    }
    sealed += seals.length;
    if (seals.length < sealsAtOnce) break;
  }
  for (const { position } of knownHeads.filter((known) => known.position > last.position)) {
    problems.push({
      rowId: null,
      position,
      what: `the chain went this far once, says register-heads.json, and ends at ${last.position} now`,
    });
  }
  problems.push(...(await checkHead(query, register, last, secrets)));
  const { late, recent } = await countUnsealed(query, register);
  problems.push(...late.map((rowId) => ({ rowId, position: null, what: "has had no seal for more than an hour" })));
  return { sealed, unsealed: recent, head: last.position === 0 ? null : last, problems };
}

function missingSeals(first: number, end: number): ChainProblem {
  const many = end > first;
  return {
    rowId: null,
    position: first,
    what: many ? `the seals ${first} to ${end} were taken away` : "its seal was taken away",
  };
}

/** @param previousHash null where the seal before is missing, and so the hash cannot be computed */
function checkSeal(
  seal: z.infer<typeof sealRow> & Row & { register: Register },
  previousHash: string | null,
  secrets: string[],
): ChainProblem[] {
  const { register, position, rowId, hash, sealedAt, personal } = seal;
  const problem = (what: string): ChainProblem[] => [{ rowId, position, what }];
  const isGenuine = secrets.length === 0 || isOurs("seal", seal, secrets);
  if (seal.entry === null) return problem(isGenuine ? "was taken away" : "was taken away, and its seal was altered");
  const entry = entrySchema.parse(JSON.parse(seal.entry));
  const isConsistent =
    previousHash === null || hashOfLink({ register, position, previousHash, sealedAt, entry }) === hash;
  if (!isConsistent) return problem(isGenuine ? "was altered" : "has a seal that was altered");
  if (!isGenuine) return problem("was sealed by somebody who does not know this AUTH_SECRET");
  const altered = alteredParts(register, entry, personal);
  return altered.length > 0 ? problem(`was altered: ${altered.join(", ")}`) : [];
}

/** The parts that are neither what the row is committed to nor properly erased. */
function alteredParts(register: Register, entry: Entry, personal: string | null): string[] {
  const { salts, commitments } = committed.parse(entry);
  const parts = partsOf(register, entry, personal);
  // A shortened address is the network that the row is committed to; while it stands whole, its network follows.
  const isShortened = "ip_address" in parts && !("ip_address" in salts) && "network" in salts;
  const names = new Set([...Object.keys(parts), ...Object.keys(commitments), ...Object.keys(salts)]);
  names.delete("network");
  return [...names].filter((name) => {
    const committedName = name === "ip_address" && isShortened ? "network" : name;
    const [value, salt] = [parts[name], salts[committedName]];
    if (value === undefined && salt === undefined) return false;
    if (value === undefined || salt === undefined) return true;
    return commitmentTo(committedName, value, salt) !== commitments[committedName];
  });
}

function partsOf(register: Register, entry: Entry, personal: string | null): Record<string, string> {
  const columns = registers[register].erasable.map((name) => [name, entry[name]]);
  const parts = [...columns, ["personal", personal]].filter(([, value]) => typeof value === "string" && value !== "");
  return Object.fromEntries(parts);
}

const entrySchema = z.looseObject({ id: z.string() });
const texts = z.record(z.string(), z.string());
const committed = z.object({ salts: texts, commitments: texts });

async function checkHead(query: Query, register: Register, last: Head, secrets: string[]): Promise<ChainProblem[]> {
  const [head] = headRows.parse(
    await query("select position::int, hash, mac from register_heads where register = $1", [register]),
  );
  const problem = (what: string): ChainProblem[] => [{ rowId: null, position: last.position, what }];
  if (!head) return last.position === 0 ? [] : problem("nothing says where the chain ends: that was taken away");
  if (secrets.length > 0 && !isOurs("head", { register, ...head }, secrets)) {
    return problem("the end of the chain was not sealed with this AUTH_SECRET");
  }
  if (head.position > last.position) {
    return problem(`the last ${head.position - last.position} were taken away with their seals`);
  }
  return head.position === last.position && head.hash === last.hash ? [] : problem("the chain ends elsewhere");
}

async function countUnsealed(query: Query, register: Register): Promise<{ late: string[]; recent: number }> {
  const rows = unsealedRows.parse(
    await query(
      `select id::text, created_at < now() - interval '1 hour' as late from ${register} r
        where not exists (select from register_seals s where s.register = $1 and s.row_id = r.id) order by id`,
      [register],
    ),
  );
  return { late: rows.filter(({ late }) => late).map(({ id }) => id), recent: rows.filter(({ late }) => !late).length };
}

interface Row {
  entry: string | null;
  /** as the database writes it, because that is what was committed to */
  personal: string | null;
}

const noRow: Row = { entry: null, personal: null };

/**
 * By key, so that no page reads more than itself. Built-in functions alone: whoever can replace ours in the database
 * cannot make it look unchanged by that.
 */
async function listRows(query: Query, register: Register, seals: { rowId: string }[]): Promise<Map<string, Row>> {
  const rows = entryRows.parse(
    await query(
      `select id::text, to_jsonb(r)::text as entry, (details -> 'personal')::text as personal
         from ${register} r where id = any($1::uuid[])`,
      [seals.map(({ rowId }) => rowId)],
    ),
  );
  return new Map(rows.map(({ id, ...row }) => [id, row]));
}

const entryRows = z.array(z.object({ id: z.string(), entry: z.string(), personal: z.string().nullable() }));

const sealsSql = `
  select position::int, row_id::text as "rowId", hash, mac,
         to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "sealedAt"
    from register_seals where register = $1 and position > $2 order by position limit $3`;

const sealRow = z.object({
  position: z.number(),
  rowId: z.string(),
  hash: z.string(),
  mac: z.string(),
  sealedAt: z.string(),
});
const sealRows = z.array(sealRow);
const headRows = z.array(z.object({ position: z.number(), hash: z.string(), mac: z.string() }));
const unsealedRows = z.array(z.object({ id: z.string(), late: z.boolean() }));
