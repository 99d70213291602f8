import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { z } from "zod";
import { hashWords } from "#app/auth/password/hashed-words.server.ts";
import { readDigits } from "#app/auth/password/read-digits.ts";
import { root } from "../environment.ts";
import { say } from "../steps.ts";

const require = createRequire(import.meta.url);

/**
 * `npm run lists`: makes the lists that the site looks things up in, from the development dependencies that hold
 * them. The lists are in the repository; this is for whoever brings them up to date.
 */
export async function run(): Promise<void> {
  const passwords = await readList("@zxcvbn-ts/language-common", "../src/passwords.json");
  const forms = passwords.map((each) => readDigits(each.toLowerCase())).filter((form) => form.length >= 6);
  await write("app/auth/password/leaked-passwords.txt", hashWords(forms));
  const domains = await readList("disposable-email-domains-js", "dict/disposable_email_blocklist.json");
  await write("app/auth/strangers/disposable-domains.txt", domains.toSorted().join("\n"));
}

async function readList(dependency: string, file: string): Promise<string[]> {
  const folder = path.dirname(require.resolve(dependency));
  return z.array(z.string()).parse(JSON.parse(await readFile(path.join(folder, file), "utf8")));
}

async function write(file: string, text: string): Promise<void> {
  await writeFile(path.join(root, file), `${text}\n`);
  say(`wrote ${file}, ${Math.ceil(text.length / 1000)} kB`);
}
