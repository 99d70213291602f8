import { z } from "zod";
import { listStoredFiles } from "#app/server/storage.server.ts";
import { filesOf } from "#app/uploads/upload.ts";
import { type Check, listed, named, type Patient } from "./check.ts";

/** The collector runs once a day and leaves what is younger than a day. */
const collectedAfterMs = 2 * 86_400_000;

/** What must hold between the rows of pictures and their files. */
export const fileChecks: Check[] = [
  {
    id: "files-of-uploads",
    says: "Every picture has its files",
    advice: "Bring them back into the media folder from a backup.",
    async look(patient) {
      const stored = await listStored(patient);
      const uploads = await listUploads(patient);
      const missing = uploads.flatMap(filesOf).filter((file) => !stored.has(file));
      return listed(uploads.length, missing);
    },
  },
  {
    id: "files-of-exports",
    says: "Every copy of somebody's data that can be fetched is there",
    advice: "Tell them to ask for another one; delete the row in data_exports.",
    async look(patient) {
      const rows = keyRows.parse(
        await patient.query(
          "select file_key as key from data_exports where file_key is not null and expires_at > now() order by 1",
        ),
      );
      const stored = await listStored(patient);
      const missing = rows.map(({ key }) => key).filter((key) => !stored.has(key));
      return listed(rows.length, missing);
    },
  },
  {
    id: "files-without-row",
    says: "No file is left that belongs to nothing",
    advice: "A daily job deletes them: is the site running, and what does its log say?",
    async look(patient) {
      const known = new Set((await listUploads(patient)).flatMap(filesOf));
      for (const { key } of keyRows.parse(
        await patient.query("select file_key as key from data_exports where file_key is not null"),
      )) {
        known.add(key);
      }
      const stored = await listStored(patient);
      const left = [...stored].filter(([file, at]) => !known.has(file) && Date.now() - at.getTime() > collectedAfterMs);
      return { of: stored.size, broken: left.length, first: left.slice(0, named).map(([file]) => file) };
    },
  },
];

async function listStored({ settings }: Patient): Promise<Map<string, Date>> {
  if (!settings) throw new Error("the settings do not say where the files are");
  const stored = new Map<string, Date>();
  for await (const { key, storedAt } of listStoredFiles()) stored.set(key, storedAt);
  return stored;
}

async function listUploads({ query }: Patient) {
  return uploadRows.parse(await query("select key, kind from uploads order by key"));
}

const uploadRows = z.array(z.object({ key: z.string(), kind: z.string() }));
const keyRows = z.array(z.object({ key: z.string() }));
