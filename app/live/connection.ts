import type { LiveEventName, LiveEvents } from "#app/live/event.ts";
import { knownState, takeIn } from "#app/live/live-state.ts";

/** A page that nobody looks at for this long stops listening until somebody does. */
const hiddenPauseMs = 30 * 60_000;
const shortestRetryMs = 1_000;
const longestRetryMs = 60_000;

type Message =
  | { kind: "hello" }
  | { kind: "told"; name: LiveEventName; data: LiveEvents[LiveEventName]; moment: string };

/**
 * Keeps this browser told while a page of it is open: of all its tabs one listens and passes on what it hears; the
 * others wait for its place.
 * @param since the moment of the page, in milliseconds; what came after it is told
 * @returns ends it
 */
export function connect(userId: string, since: number): () => void {
  const name = `stoa-live-${userId}`;
  const tabs = new BroadcastChannel(name);
  let moment = String(Math.floor(since));
  let turn: AbortController | null = null;
  let ended = false;
  let pause: number | undefined;

  tabs.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === "hello") passOnState();
    else take(data.name, data.data, data.moment);
  };

  function take(event: LiveEventName, data: LiveEvents[LiveEventName], at: string): void {
    moment = at;
    if (event === "ended") ended = true;
    if (event === "ended" || event === "replaced") withdraw();
    else takeIn(event, data as never); // the name and its data come together, see Message
  }

  function passOn(event: LiveEventName, data: LiveEvents[LiveEventName]): void {
    tabs.postMessage({ kind: "told", name: event, data, moment } satisfies Message);
  }

  /** To a tab that was opened after it was told. */
  function passOnState(): void {
    if (!isListening) return;
    const { notifications, posts } = knownState();
    if (notifications) passOn("notifications", notifications);
    if (posts.size > 0) passOn("posts", [...posts]);
  }

  let isListening = false;

  function takeTurn(): void {
    if (turn || ended) return;
    turn = new AbortController();
    const { signal } = turn;
    const listening = () => listen(signal);
    // Without a secure address there are no locks; then each tab listens for itself.
    const waiting = navigator.locks ? navigator.locks.request(name, { signal }, listening) : listening();
    waiting.catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }

  function withdraw(): void {
    turn?.abort();
    turn = null;
  }

  /** Listens until the turn is over, and comes back ever later while that fails. */
  async function listen(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      const told = await hearStream(signal);
      if (told) failures = 0;
      const waitMs = Math.min(longestRetryMs, shortestRetryMs * 2 ** Math.min(failures, 10));
      // Those who lost the same connection do not all come back at once.
      await waitFor(signal, waitMs * (0.5 + Math.random()));
    }
  }

  /** One connection, until it breaks or the turn is over. Whether anything was told. */
  function hearStream(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return Promise.resolve(false);
    return new Promise((resolve) => {
      let told = false;
      const source = new EventSource(`/live?since=${moment}`);
      const finish = () => {
        source.close();
        isListening = false;
        signal.removeEventListener("abort", finish);
        resolve(told);
      };
      signal.addEventListener("abort", finish);
      source.onerror = finish;
      for (const event of ["notifications", "posts", "ended", "replaced"] as const) {
        source.addEventListener(event, ({ data, lastEventId }: MessageEvent<string>) => {
          told = true;
          isListening = true;
          const parsed: LiveEvents[typeof event] = JSON.parse(data);
          take(event, parsed, lastEventId);
          passOn(event, parsed);
        });
      }
    });
  }

  function onVisibility(): void {
    window.clearTimeout(pause);
    if (document.visibilityState === "visible") takeTurn();
    else pause = window.setTimeout(withdraw, hiddenPauseMs);
  }

  document.addEventListener("visibilitychange", onVisibility);
  // A page that the browser keeps for Back holds nothing open meanwhile.
  window.addEventListener("pagehide", withdraw);
  window.addEventListener("pageshow", takeTurn);
  tabs.postMessage({ kind: "hello" } satisfies Message);
  takeTurn();

  return () => {
    window.clearTimeout(pause);
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("pagehide", withdraw);
    window.removeEventListener("pageshow", takeTurn);
    withdraw();
    tabs.close();
  };
}

function waitFor(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = window.setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      window.clearTimeout(timer);
      resolve();
    });
  });
}
