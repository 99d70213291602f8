// A program of its own: the built site, for the benchmark to pin to a core. Prints a line when it serves.
import { loadSiteBuild } from "../site.ts";

const { startSite } = await loadSiteBuild();
const site = await startSite();
console.log(`serving ${site.url}`);
process.once("SIGTERM", () => void site.stop().then(() => process.exit(0)));
