import { runFastChecks } from "../checks.ts";
import { withShutdown } from "../shutdown.ts";
import { say } from "../steps.ts";

/** `npm run check`: types, lint, migrations, unit and request tests. */
export async function run(): Promise<void> {
  const { passed, failed, remarks } = await withShutdown(({ signal }) => runFastChecks(signal));
  for (const remark of remarks) say(`\n${remark}`);
  say(`\n${passed} passed, ${failed} failed`);
  process.exit(failed === 0 ? 0 : 1);
}
