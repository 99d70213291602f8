import { createServer } from "vite";
import { sayDemoWelcome } from "../demo-welcome.ts";
import { keepSecret, makeDataFolder, requireFreePort, setDefaults } from "../environment.ts";
import { refuseBadSettings } from "../settings-check.ts";
import { withShutdown } from "../shutdown.ts";
import type { Site } from "../site.ts";
import { step } from "../steps.ts";
import { startDemoDatabase } from "./demo.ts";

/** `npm run dev`: the site with hot reload and the demo's content. */
export async function run(): Promise<void> {
  setDefaults({ PORT: "3000", HOST: "127.0.0.1", LOG_LEVEL: "warn" });
  const { PORT = "", HOST = "" } = process.env;
  await requireFreePort(HOST, PORT, "run dev");
  const dataFolder = makeDataFolder("dev");
  setDefaults({ AUTH_SECRET: keepSecret(dataFolder) });
  Object.assign(process.env, {
    NODE_ENV: "development",
    STOA_COMMAND: "dev",
    DATA_DIR: dataFolder,
  });
  delete process.env.DATABASE_URL; // the demo's people never go into somebody's own database
  refuseBadSettings();
  await withShutdown(async (shutdown) => {
    await startDemoDatabase(dataFolder, shutdown);
    const site = await shutdown.keep(step("opening the site", "opened the site", startDevSite));
    sayDemoWelcome(site.url, process.env.SITE_NAME || "Stoa");
    await shutdown.wait();
  });
}

/** Our own server in front of Vite, which brings each module fresh. */
async function startDevSite(): Promise<Site> {
  const hmr = { port: Number(process.env.PORT) + 10_000 };
  const vite = await createServer({ server: { middlewareMode: true, hmr }, appType: "custom" });
  try {
    const { startSite } = await vite.ssrLoadModule("/app/server/site.server.ts");
    const site: Site = await startSite({
      build: () => vite.ssrLoadModule("virtual:react-router/server-build"),
      devMiddleware: vite.middlewares,
    });
    return {
      url: site.url,
      stop: async () => {
        await site.stop();
        await vite.close();
      },
    };
  } catch (error) {
    await vite.close();
    throw error;
  }
}
