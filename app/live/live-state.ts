import { useSyncExternalStore } from "react";
import type { LiveEventName, LiveEvents } from "#app/live/event.ts";
import type { Unread } from "#app/notifications/unread.ts";
import { useRootData } from "#app/site/root-data.ts";

/** What the stream has told this page. */
interface LiveState {
  notifications: LiveEvents["notifications"] | null;
  /** when each new post was published, in milliseconds, by its id */
  posts: ReadonlyMap<number, number>;
}

/** Posts that a page remembers: more are said as so many. */
export const mostNewPosts = 100;

const nothing: LiveState = { notifications: null, posts: new Map() };
let state = nothing;
const watchers = new Set<() => void>();

/** Takes in what the stream told, to this page or to another one of the same browser; again is once. */
export function takeIn<Name extends LiveEventName>(name: Name, data: LiveEvents[Name]): void;
export function takeIn(name: LiveEventName, data: LiveEvents[LiveEventName]): void {
  if (name === "notifications") {
    const notifications = data as LiveEvents["notifications"]; // the name says so, see the signature
    if (notifications.asOf < (state.notifications?.asOf ?? 0)) return;
    state = { ...state, notifications };
  } else if (name === "posts") {
    const posts = data as LiveEvents["posts"]; // the name says so, see the signature
    const all = [...state.posts, ...posts].sort(([, one], [, other]) => one - other);
    state = { ...state, posts: new Map(all.slice(-mostNewPosts)) };
  }
  for (const watch of watchers) watch();
}

/** What this page knows, for pages that come later. */
export function knownState(): LiveState {
  return state;
}

/** What the viewer has not read: as the page said, or as the stream has told since. */
export function useUnread(): Unread {
  const { unread } = useRootData();
  const { notifications } = useLiveState();
  return notifications && notifications.asOf > unread.asOf ? notifications : unread;
}

/** When the latest unread notification changed, in milliseconds; null while that is not known. */
export function useNewestUnread(): number | null {
  return useLiveState().notifications?.newest ?? null;
}

/** How many posts were published after a moment in milliseconds, up to `mostNewPosts`. */
export function useNewPostCount(after: number): number {
  const { posts } = useLiveState();
  return [...posts.values()].filter((at) => at > after).length;
}

function useLiveState(): LiveState {
  return useSyncExternalStore(watch, knownState, () => nothing);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
