import { z } from "zod";
import { keepHead } from "#app/register/kept-heads.server.ts";
import { type Head, type Register, registerNames } from "#app/register/register.ts";
import { hashOfLink, isOurs, macOf } from "#app/register/seal.server.ts";
import { db, inTransaction, Prisma, type Transaction } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";

const rowsAtOnce = 5_000;

/** A row is visible this long after its time at the latest: no transaction of ours lives longer than a minute. */
const longestTransaction = "1 hour";

/**
 * Seals what has been added to the registers and is committed. Several may run at once: each register has one chain.
 * @param rows `new`: of the time since the last sealing; `all`: also what was given an earlier time, or restored
 * @throws RegisterBroken where the end of a chain is not as it was left; nothing is added to that one then
 */
export async function sealRegisters(rows: "new" | "all" = "new"): Promise<void> {
  let failure: unknown;
  for (const register of registerNames) {
    try {
      await sealRegister(register, rows);
    } catch (error) {
      // The other one goes on.
      failure = error;
    }
  }
  if (failure) throw failure;
}

/** A chain ends elsewhere than where it was left: going on would hide that. */
export class RegisterBroken extends Error {}

interface Place {
  createdAt: string;
  id: string;
}

async function sealRegister(register: Register, rows: "new" | "all"): Promise<void> {
  let from: Place | null = null;
  do {
    const page = await inTransaction((tx) => sealPage(tx, register, rows, from));
    if (page.head) {
      log.info({ register, ...page.head }, "sealed");
      await keepHead(register, page.head, (former) => isInChain(register, former));
    }
    from = page.next;
  } while (from);
}

async function isInChain(register: Register, { position, hash }: Head): Promise<boolean> {
  return (await db.registerSeal.count({ where: { register, position, hash } })) > 0;
}

/** Seals what is not sealed of the rows after a place; `next` is where the following page begins. */
async function sealPage(
  tx: Transaction,
  register: Register,
  rows: "new" | "all",
  from: Place | null,
): Promise<{ head: Head | null; next: Place | null }> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`seals of ${register}`}, 0))`;
  await tx.$executeRaw`set local time zone 'UTC'`;
  const head = await findHead(tx, register);
  const begin = from ?? (rows === "new" ? await beginOfNew(tx, register) : firstPlace);
  const { ids, next } = await listPage(tx, register, begin);
  const entries = await listUnsealed(tx, register, ids);
  return { head: await appendSeals(tx, register, head, entries), next };
}

/** The end of the chain, position 0 where there is none yet. */
async function findHead(tx: Transaction, register: Register): Promise<Head> {
  const [found] = endRows.parse(
    await tx.$queryRaw`
      select h.position::int, h.hash, h.mac, s.position::int as "lastPosition", s.hash as "lastHash"
        from (select position, hash from register_seals where register = ${register} order by position desc limit 1) s
        full join (select * from register_heads where register = ${register}) h on true`,
  );
  if (!found) return { position: 0, hash: "" };
  const { position, hash, mac, lastPosition, lastHash } = found;
  if (position === null || position !== lastPosition || hash !== lastHash) {
    throw new RegisterBroken(`The chain of ${register} does not end where it was left`);
  }
  const { authSecret, formerSecrets } = settings();
  if (!isOurs("head", { register, position, hash, mac }, [authSecret, ...formerSecrets])) {
    throw new RegisterBroken(`The end of the chain of ${register} was not sealed with this AUTH_SECRET`);
  }
  return { position, hash };
}

const endRows = z.array(
  z.union([
    z.object({
      position: z.number(),
      hash: z.string(),
      mac: z.string(),
      lastPosition: z.number().nullable(),
      lastHash: z.string().nullable(),
    }),
    z.object({
      position: z.null(),
      hash: z.null(),
      mac: z.null(),
      lastPosition: z.number(),
      lastHash: z.string(),
    }),
  ]),
);

const firstPlace: Place = { createdAt: "-infinity", id: "00000000-0000-0000-0000-000000000000" };

async function beginOfNew(tx: Transaction, register: Register): Promise<Place> {
  const rows = z.array(z.object({ begin: z.string() })).parse(
    await tx.$queryRaw`
      select (sealed_at - ${longestTransaction}::interval)::text as begin from register_heads where register = ${register}`,
  );
  return { ...firstPlace, createdAt: rows[0]?.begin ?? firstPlace.createdAt };
}

/** The next rows by their time. @returns where the page after them begins: null where there is none */
async function listPage(
  tx: Transaction,
  register: Register,
  from: Place,
): Promise<{ ids: string[]; next: Place | null }> {
  const rows = z.array(z.object({ createdAt: z.string(), id: z.string() })).parse(
    await tx.$queryRaw`
      select created_at::text as "createdAt", id::text from ${Prisma.raw(register)}
       where (created_at, id) > (${from.createdAt}::timestamptz, ${from.id}::uuid)
       order by created_at, id limit ${rowsAtOnce}`,
  );
  return { ids: rows.map(({ id }) => id), next: rows[rowsAtOnce - 1] ?? null };
}

/** By keys in both statements: whatever the planner knows of the tables, neither reads more than the page. */
async function listUnsealed(tx: Transaction, register: Register, ids: string[]) {
  const seals = await tx.registerSeal.findMany({ where: { register, rowId: { in: ids } }, select: { rowId: true } });
  const sealed = new Set(seals.map(({ rowId }) => rowId));
  const unsealed = ids.filter((id) => !sealed.has(id));
  if (unsealed.length === 0) return [];
  const rows = z.array(z.object({ entry: z.string() })).parse(
    await tx.$queryRaw`
      select to_jsonb(r)::text as entry from ${Prisma.raw(register)} r
       where id = any(${unsealed}::uuid[]) order by created_at, id`,
  );
  return rows.map(({ entry }) => entrySchema.parse(JSON.parse(entry)));
}

const entrySchema = z.looseObject({ id: z.string() });

async function appendSeals(
  tx: Transaction,
  register: Register,
  head: Head,
  entries: z.infer<typeof entrySchema>[],
): Promise<Head | null> {
  if (entries.length === 0) return null;
  const secret = settings().authSecret;
  const sealedAt = new Date().toISOString();
  let { position, hash } = head;
  const seals = entries.map((entry) => {
    position += 1;
    hash = hashOfLink({ register, position, previousHash: hash, sealedAt, entry });
    return { rowId: entry.id, position, hash, mac: macOf("seal", { register, position, hash }, secret) };
  });
  await tx.$executeRaw`
    insert into register_seals (register, position, row_id, hash, mac, sealed_at)
    select ${register}, position, row_id, hash, mac, ${sealedAt}::timestamptz
      from unnest(${seals.map((seal) => seal.position)}::bigint[], ${seals.map(({ rowId }) => rowId)}::uuid[],
                  ${seals.map((seal) => seal.hash)}::text[], ${seals.map(({ mac }) => mac)}::text[])
        as seal (position, row_id, hash, mac)`;
  const end = {
    position,
    hash,
    mac: macOf("head", { register, position, hash }, secret),
    sealedAt: new Date(sealedAt),
  };
  await tx.registerHead.upsert({ where: { register }, create: { register, ...end }, update: end });
  return { position, hash };
}
