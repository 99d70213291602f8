import pg from "pg";
import { settings } from "#app/server/env.server.ts";
import { log } from "#app/server/log.server.ts";

/**
 * What PostgreSQL says when a transaction commits that changed something, to every process that listens: `content`
 * without words, `posts` (id, author, milliseconds), `notifications` (the person), `sessions` (the ended one).
 */
export type Channel = "content" | "posts" | "notifications" | "sessions";

type Hearer = (payload: string) => void;

const hearers: Record<Channel, Set<Hearer>> = {
  content: new Set(),
  posts: new Set(),
  notifications: new Set(),
  sessions: new Set(),
};
const afterGaps = new Set<() => void>();

let listening = false;
let client: pg.Client | undefined;
let retry: NodeJS.Timeout | undefined;
let heartbeat: NodeJS.Timeout | undefined;

/** A connection that says nothing for this long may be dead without anybody having told us. */
const heartbeatMs = 10_000;
const patienceMs = 4_000;

/** Calls `hearer` for each announcement on a channel. */
export function onAnnounced(channel: Channel, hearer: Hearer): void {
  hearers[channel].add(hearer);
}

/** Calls `hearer` when announcements are heard again: what was said in between is not known. */
export function onHearingAgain(hearer: () => void): void {
  afterGaps.add(hearer);
}

/** Whether every announcement reaches this process now. */
export function isListening(): boolean {
  return listening;
}

/** Starts to listen, over one connection, and goes on after every break of it. */
export async function startListening(): Promise<void> {
  const connecting = new pg.Client({
    connectionString: settings().databaseUrl,
    application_name: "stoa-listen",
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    keepAlive: true,
  });
  client = connecting;
  const lost = () => {
    if (client !== connecting) return;
    listening = false;
    client = undefined;
    clearInterval(heartbeat);
    connecting.end().catch(() => undefined);
    retry = setTimeout(startListening, 1_000).unref();
  };
  connecting.on("notification", ({ channel, payload = "" }) => {
    if (isChannel(channel)) for (const hear of hearers[channel]) hear(payload);
  });
  connecting.on("error", lost);
  connecting.on("end", lost);
  try {
    await connecting.connect();
    await connecting.query(
      Object.keys(hearers)
        .map((channel) => `listen ${channel}`)
        .join("; "),
    );
    if (client !== connecting) return;
    heartbeat = setInterval(() => connecting.query("select 1").catch(lost), heartbeatMs).unref();
    listening = true;
    for (const hear of afterGaps) hear();
  } catch (error) {
    log.warn({ err: error }, "changes cannot be heard; pages are rendered anew and nobody is told until they can");
    lost();
  }
}

export async function stopListening(): Promise<void> {
  clearTimeout(retry);
  clearInterval(heartbeat);
  listening = false;
  const ending = client;
  client = undefined;
  await ending?.end();
}

function isChannel(channel: string): channel is Channel {
  return Object.hasOwn(hearers, channel);
}
