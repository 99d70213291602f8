import { z } from "zod";
import { checkChain } from "#app/register/chain-check.server.ts";
import { readKeptHeads } from "#app/register/kept-heads.server.ts";
import { type Register, registerNames } from "#app/register/register.ts";
import { type Check, listed, type Patient } from "./check.ts";

/** Whether the registers are as they were sealed. */
export const registerChecks: Check[] = [
  ...registerNames.map((register) => ({
    id: `register-${register.replace("_", "-")}`,
    says: `The register ${register} is as it was sealed`,
    advice: "Somebody changed the database past the site: compare these rows with a backup, and find out who could.",
    look: (patient: Patient) => lookAtRegister(patient, register),
  })),
  {
    id: "kept-hashes",
    says: "The hashes that you kept are in the chains",
    advice: "What is before them is not what it was: compare the registers with a backup of that time.",
    async look({ query, keptHashes }) {
      if (keptHashes.length === 0)
        return listed(null, [], "none given: keep the hash of each head, and give it as --head HASH");
      const found = hashRows.parse(
        await query("select hash from register_seals where hash = any($1::text[])", [keptHashes]),
      );
      const known = new Set(found.map(({ hash }) => hash));
      return listed(
        keptHashes.length,
        keptHashes.filter((hash) => !known.has(hash)),
      );
    },
  },
];

const hashRows = z.array(z.object({ hash: z.string() }));

async function lookAtRegister({ query, settings }: Patient, register: Register) {
  const kept = settings ? (await readKeptHeads())[register] : undefined;
  const { sealed, unsealed, head, problems } = await checkChain(query, register, {
    secrets: settings ? [settings.authSecret, ...settings.formerSecrets] : [],
    knownHeads: kept ? [kept] : [],
  });
  const notes = [
    `sealed, ${unsealed.toLocaleString("en")} newer than the last seal`,
    ...(head ? [`head ${head.hash}`] : []),
    ...(settings ? [] : ["who made the seals is unknown without AUTH_SECRET"]),
  ];
  const words = problems.map(({ rowId, position, what }) =>
    [rowId ?? "", position === null ? "" : `(position ${position})`, what].filter(Boolean).join(" "),
  );
  return { ...listed(sealed, words, notes.join("; ")), first: words.slice(0, namedRows) };
}

/** An auditor wants to see more than the first few. */
const namedRows = 100;
