import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { auditKinds, auditWords } from "#app/register/audit-event.ts";

test("every kind of event that has words is written somewhere", async () => {
  const names = (await readdir("app", { recursive: true })).filter(
    (name) => /\.server\.ts$/.test(name) && !name.startsWith("server/prisma"),
  );
  const sources = await Promise.all(names.map((name) => readFile(path.join("app", name), "utf8")));
  const words = new Set(sources.flatMap((source) => source.match(/(?<=["'])[a-z]+(?:-[a-z]+)*(?=["'])/g) ?? []));
  expect(Object.keys(auditKinds).filter((kind) => !words.has(kind))).toEqual([]);
});

test("an event of a later version is shown by its name", () => {
  expect(auditWords("signed-in")).toBe("Signed in");
  expect(auditWords("moon-landed")).toBe("moon landed");
});
