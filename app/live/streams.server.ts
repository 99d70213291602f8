import { setTimeout as sleep } from "node:timers/promises";
import type { LiveEvents } from "#app/live/event.ts";
import {
  findSessionState,
  listMutes,
  listNewPosts,
  listPublished,
  listStanding,
  listUnread,
  mostNewPosts,
} from "#app/live/live-state.server.ts";
import { encodeEvent, LiveStream, ping } from "#app/live/stream.server.ts";
import { onAnnounced, onHearingAgain } from "#app/server/announcements.server.ts";
import { log } from "#app/server/log.server.ts";

/** A person's tabs share one stream, so that this is as many browsers. */
const streamsPerPerson = 5;
const pingMs = 25_000;
/** A browser comes back after this long, and shows its session anew. */
const longestMs = 3_600_000;
/** What is announced within this time is told together. */
const gatherMs = 30;
const retryMs = 1_000;

interface Published {
  id: number;
  authorId: string;
  at: number;
}

const byUser = new Map<string, Set<LiveStream>>();
const bySession = new Map<string, Set<LiveStream>>();
const changedUsers = new Set<string>();
let published: Published[] = [];
let isTelling = false;
/** of `Date.now()`; what was announced before has been told */
let heardUntil = Date.now();

/**
 * Opens a stream for somebody and says what holds now: what they have not read, and where they were away since a
 * moment, the posts that came since. From then on they are told of each change.
 * @returns null where their session opens nothing any more
 */
export async function openStream(
  viewer: { id: string; sessionId: string },
  since: Date | null,
): Promise<ReadableStream<Uint8Array> | null> {
  const lastsMs = longestMs * (0.8 + 0.2 * Math.random());
  const stream = new LiveStream({ userId: viewer.id, sessionId: viewer.sessionId }, { lastsMs, onClose: forget });
  remember(stream);
  try {
    // Asked after the stream is known here: whatever changes later is announced to it.
    const [state, posts] = await Promise.all([
      findSessionState(viewer.sessionId),
      since ? listNewPosts(viewer.id, since) : [],
    ]);
    if (!state) {
      stream.close();
      return null;
    }
    stream.closeAt(state.expiresAt);
    stream.send(encodeEvent("notifications", state.unread));
    if (posts.length > 0) stream.send(encodeEvent("posts", posts));
    return stream.body;
  } catch (error) {
    stream.close();
    throw error;
  }
}

/** Ends every stream, for the end of the process: the browsers come back to another one. */
export function closeStreams(): void {
  for (const stream of allStreams()) stream.close();
}

/** How many browsers listen to this process. */
export function countStreams(): number {
  return allStreams().length;
}

function allStreams(): LiveStream[] {
  return [...byUser.values()].flatMap((streams) => [...streams]);
}

function remember(stream: LiveStream): void {
  const own = byUser.get(stream.userId) ?? new Set();
  byUser.set(stream.userId, own.add(stream));
  bySession.set(stream.sessionId, (bySession.get(stream.sessionId) ?? new Set()).add(stream));
  const [oldest] = own;
  if (own.size > streamsPerPerson) oldest?.close("replaced");
}

function forget(stream: LiveStream): void {
  for (const [map, key] of [
    [byUser, stream.userId],
    [bySession, stream.sessionId],
  ] as const) {
    const streams = map.get(key);
    streams?.delete(stream);
    if (streams?.size === 0) map.delete(key);
  }
}

onAnnounced("sessions", (sessionId) => {
  for (const stream of bySession.get(sessionId) ?? []) stream.close("ended");
});

onAnnounced("notifications", (userId) => {
  if (!byUser.has(userId)) return;
  changedUsers.add(userId);
  void tellSoon();
});

onAnnounced("posts", (payload) => {
  heardUntil = Date.now();
  const [id, authorId, at] = payload.split(" ");
  if (!authorId || byUser.size === 0) return;
  published.push({ id: Number(id), authorId, at: Number(at) });
  void tellSoon();
});

onHearingAgain(async () => {
  if (byUser.size === 0) return;
  try {
    const standing = await listStanding([...bySession.keys()]);
    for (const stream of allStreams()) if (!standing.has(stream.sessionId)) stream.close("ended");
    published.push(...(await listPublished(new Date(heardUntil))));
    for (const userId of byUser.keys()) changedUsers.add(userId);
    void tellSoon();
  } catch (error) {
    // Nobody knows any more who may still listen; they come back, and show it.
    log.warn({ err: error }, "after a gap the streams could not be brought up to date");
    closeStreams();
  }
});

/** One telling at a time, whatever is announced meanwhile: a flood becomes a few statements. */
async function tellSoon(): Promise<void> {
  if (isTelling) return;
  isTelling = true;
  for (let waitMs = gatherMs; changedUsers.size > 0 || published.length > 0; ) {
    await sleep(waitMs, null, { ref: false });
    waitMs = await tellChanges().then(
      () => gatherMs,
      (error: unknown) => {
        log.warn({ err: error }, "those who listen could not be told; it is tried again");
        return retryMs;
      },
    );
  }
  isTelling = false;
}

async function tellChanges(): Promise<void> {
  // What is announced from here on is told by the next telling; what fails is told again.
  const users = [...changedUsers];
  const posts = published.slice(-mostNewPosts);
  changedUsers.clear();
  published = [];
  try {
    await Promise.all([tellUnread(users), tellPosts(posts)]);
  } catch (error) {
    for (const userId of users) changedUsers.add(userId);
    published = [...posts, ...published].slice(-mostNewPosts);
    throw error;
  }
}

async function tellUnread(users: string[]): Promise<void> {
  if (users.length === 0) return;
  for (const { userId, ...unread } of await listUnread(users)) tellUser(userId, encodeEvent("notifications", unread));
}

async function tellPosts(posts: Published[]): Promise<void> {
  if (posts.length === 0) return;
  const authors = [...new Set(posts.map(({ authorId }) => authorId))];
  const without = Map.groupBy(await listMutes([...byUser.keys()], authors), ({ muter }) => muter);
  const forMost = encodePosts(posts);
  for (const userId of byUser.keys()) {
    const hidden = new Set(without.get(userId)?.map(({ muted }) => muted)).add(userId);
    if (!authors.some((author) => hidden.has(author))) tellUser(userId, forMost);
    else {
      const seen = posts.filter(({ authorId }) => !hidden.has(authorId));
      if (seen.length > 0) tellUser(userId, encodePosts(seen));
    }
  }
}

function encodePosts(posts: Published[]): Uint8Array {
  return encodeEvent(
    "posts",
    posts.map(({ id, at }): LiveEvents["posts"][number] => [id, at]),
  );
}

function tellUser(userId: string, event: Uint8Array): void {
  for (const stream of byUser.get(userId) ?? []) stream.send(event);
}

setInterval(() => {
  for (const stream of allStreams()) stream.send(ping);
}, pingMs).unref();
