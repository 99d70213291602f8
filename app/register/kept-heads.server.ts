import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { type Head, type Register, registerNames } from "#app/register/register.ts";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";

/**
 * Keeps the end of a chain in DATA_DIR too, out of reach of whoever has nothing but the database: a database that was
 * set back to an earlier state is found by it. The former end is only given up when the chain still has it.
 */
export async function keepHead(register: Register, head: Head, isInChain: (head: Head) => Promise<boolean>) {
  try {
    const kept = await readKeptHeads();
    const former = kept[register];
    if (former && former.position >= head.position) return;
    if (former && !(await isInChain(former))) {
      log.error({ register, ...former }, "a register's chain has lost an end that it had");
      return;
    }
    await mkdir(settings().dataDir, { recursive: true });
    const part = `${fileName()}.${process.pid}.part`;
    await writeFile(part, `${JSON.stringify({ ...kept, [register]: head }, null, 2)}\n`, { flush: true });
    await rename(part, fileName());
  } catch (error) {
    log.warn({ err: error }, "the end of a register's chain was not kept in DATA_DIR");
  }
}

/** The ends of the chains that this machine saw last. */
export async function readKeptHeads(): Promise<Partial<Record<Register, Head>>> {
  const text = await readFile(fileName(), "utf8").catch(() => "{}");
  return keptHeads.parse(JSON.parse(text));
}

const keptHeads = z.partialRecord(
  z.enum(registerNames),
  z.object({ position: z.number().int().positive(), hash: z.string() }),
);

function fileName(): string {
  return path.join(settings().dataDir, "register-heads.json");
}
