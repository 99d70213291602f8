import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { begin, hashOf, root, run } from "./quiet-run.mjs";

/** The Prisma client, when the schema is not the one that it was generated from. */
export async function generateClient() {
  const target = path.join(root, "app/server/prisma");
  const stamp = path.join(target, ".stoa-generated");
  const wanted = hashOf(["prisma/schema.prisma", ".config/prisma.ts", "package-lock.json"]);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const begun = begin("generating the database client");
  const prisma = path.join(root, "node_modules/prisma/build/index.js");
  await run(process.execPath, [prisma, "generate", "--no-hints"]);
  mkdirSync(target, { recursive: true });
  writeFileSync(stamp, wanted);
  begun("generated the database client");
}
