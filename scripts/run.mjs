// Runs one of Stoa's commands: `node scripts/run.mjs <command> [arguments]`.
//
// It works on a bare clone, so it and scripts/bare-clone are plain JavaScript for the oldest Node
// that can install the rest (20) and import nothing but Node's own modules: install what is
// missing, continue under the pinned Node, generate what is stale, then hand over to
// scripts/commands/<command>.ts.

import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { generateClient } from "./bare-clone/generate-client.mjs";
import { install } from "./bare-clone/install.mjs";
import { continueUnder, endWithParent, findNewerNode, missingFlags } from "./bare-clone/pinned-node.mjs";
import { Refusal, root } from "./bare-clone/quiet-run.mjs";

const [command = "", ...args] = process.argv.slice(2);

process.chdir(root);
const isContinued = process.env.STOA_CONTINUED === "yes";
delete process.env.STOA_CONTINUED; // so that it holds for this process and not for what it starts
// The whole time counts, from before an install to the address on the screen.
if (!isContinued) process.env.STOA_STARTED_AT = String(Date.now());

try {
  refuseUnknownCommand();
  refuseOldNode();
  await install();
  const newerNode = findNewerNode();
  const flags = missingFlags(command);
  if (newerNode || flags.length > 0) {
    await continueUnder(newerNode ?? process.execPath, flags);
  } else {
    if (isContinued || process.env.npm_lifecycle_event) endWithParent();
    await generateClient();
    await runCommand();
  }
} catch (error) {
  report(error);
  process.exit(1);
}

function refuseUnknownCommand() {
  const commands = readdirSync(path.join(root, "scripts/commands"))
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => file.slice(0, -3));
  if (!commands.includes(command)) {
    throw new Refusal(`There is no command "${command}". There are: ${commands.join(", ")}.`);
  }
}

function refuseOldNode() {
  if (Number(process.versions.node.split(".")[0]) >= 20) return;
  throw new Refusal(
    `Stoa needs Node 20 or newer to install itself, and this is ${process.version}: see https://nodejs.org/en/download.`,
  );
}

async function runCommand() {
  if (existsSync(".env") && command !== "test" && command !== "check") process.loadEnvFile(".env");
  const module = await import(`./commands/${command}.ts`);
  await module.run(args);
}

function report(error) {
  const clear = process.stdout.isTTY ? "\r\u001b[2K" : "";
  if (error instanceof Refusal || error?.name === "StartError") {
    process.stderr.write(`${clear}${error.message}\n`);
    return;
  }
  const text = process.env.LOG_LEVEL === "debug" ? error?.stack : error?.message;
  process.stderr.write(`${clear}${text ?? error}\n`);
  process.stderr.write("This was not foreseen. LOG_LEVEL=debug shows where it came from.\n");
}
