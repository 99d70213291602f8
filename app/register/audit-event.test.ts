import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { auditKinds, auditWords } from "#app/register/audit-event.ts";

test("every kind of event that is written has words for the person", async () => {
  const names = (await readdir("app", { recursive: true })).filter(
    (name) => /\.server\.ts$/.test(name) && !name.startsWith("server/prisma"),
  );
  const written = new Set<string>();
  for (const name of names) {
    const source = await readFile(path.join("app", name), "utf8");
    // Until the call's arguments: its kind is the first string, or the two of a condition.
    for (const [call] of source.matchAll(
      /(?:recordEvent\((?!tx: )|auditEvent\s*\.create\(|insert into audit_events)[^;]*?(?:,\s*\{|userId|from )/g,
    )) {
      for (const [, kind] of call.matchAll(/"([a-z]+(?:-[a-z]+)*)"/g)) if (kind) written.add(kind);
    }
  }
  expect([...written].filter((kind) => !Object.hasOwn(auditKinds, kind))).toEqual([]);
  expect(Object.keys(auditKinds).filter((kind) => !written.has(kind))).toEqual([]);
});

test("an event of a later version is shown by its name", () => {
  expect(auditWords("signed-in")).toBe("Signed in");
  expect(auditWords("moon-landed")).toBe("moon landed");
});
