import pg from "pg";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";

let generation = 0;
let listening = false;
let client: pg.Client | undefined;
let retry: NodeJS.Timeout | undefined;

/**
 * A number that is another one as soon as something that visitors can see was changed, by this process or any other;
 * null while nobody would tell us: then nothing may be kept.
 */
export function contentGeneration(): number | null {
  return listening ? generation : null;
}

/** Starts to listen for changes of the content, and goes on after every break of the connection. */
export async function listenForChanges(): Promise<void> {
  const connecting = new pg.Client({
    connectionString: settings().databaseUrl,
    application_name: "stoa-listen",
    connectionTimeoutMillis: 4_000,
    keepAlive: true,
  });
  client = connecting;
  const lost = () => {
    if (client !== connecting) return;
    listening = false;
    client = undefined;
    connecting.end().catch(() => undefined);
    retry = setTimeout(listenForChanges, 1_000).unref();
  };
  connecting.on("notification", () => {
    generation++;
  });
  connecting.on("error", lost);
  connecting.on("end", lost);
  try {
    await connecting.connect();
    await connecting.query("listen content");
    // What changed while nobody listened is not known.
    generation++;
    listening = true;
  } catch (error) {
    log.warn({ err: error }, "changes of the content cannot be heard; pages are rendered anew until they can");
    lost();
  }
}

export async function stopListening(): Promise<void> {
  clearTimeout(retry);
  listening = false;
  const ending = client;
  client = undefined;
  await ending?.end();
}
