import type { LiveEventName, LiveEvents } from "#app/live/event.ts";

/** Bytes that wait for a reader before it counts as gone. */
const longestQueue = 64 * 1024;
const encoder = new TextEncoder();

/** One browser that listens: an endless answer in the form of server-sent events. */
export class LiveStream {
  readonly userId: string;
  readonly sessionId: string;
  readonly body: ReadableStream<Uint8Array>;
  private controller: ReadableStreamDefaultController<Uint8Array> | null = null;
  private readonly onClose: (stream: LiveStream) => void;
  private readonly lastsMs: number;
  private limit: NodeJS.Timeout;

  constructor(
    { userId, sessionId }: { userId: string; sessionId: string },
    { lastsMs, onClose }: { lastsMs: number; onClose: (stream: LiveStream) => void },
  ) {
    this.userId = userId;
    this.sessionId = sessionId;
    this.onClose = onClose;
    this.lastsMs = lastsMs;
    const opened = (controller: ReadableStreamDefaultController<Uint8Array>) => {
      this.controller = controller;
    };
    const cancelled = () => this.forget();
    this.body = new ReadableStream(
      { start: opened, cancel: cancelled },
      new ByteLengthQueuingStrategy({ highWaterMark: 0 }),
    );
    this.limit = this.closeAfter(lastsMs);
  }

  /** Lets it end with its session. */
  closeAt(time: Date): void {
    const leftMs = time.getTime() - Date.now();
    if (!this.controller || leftMs >= this.lastsMs) return;
    clearTimeout(this.limit);
    this.limit = this.closeAfter(leftMs);
  }

  send(bytes: Uint8Array): void {
    if (!this.controller) return;
    this.controller.enqueue(bytes);
    if ((this.controller.desiredSize ?? 0) < -longestQueue) this.close();
  }

  /** Ends the answer, with word of why where the browser is not to come back. */
  close(last?: "ended" | "replaced"): void {
    const { controller } = this;
    if (!controller) return;
    this.forget();
    if (last) controller.enqueue(encodeEvent(last, null));
    controller.close();
  }

  private closeAfter(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.close(), ms).unref();
  }

  private forget(): void {
    this.controller = null;
    clearTimeout(this.limit);
    this.onClose(this);
  }
}

/** An event as it goes over the wire; its id is the moment, from which a browser that was away goes on. */
export function encodeEvent<Name extends LiveEventName>(name: Name, data: LiveEvents[Name]): Uint8Array {
  return encoder.encode(`id: ${Date.now()}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** Says nothing, and keeps everything between here and the browser from taking the connection for dead. */
export const ping: Uint8Array = encoder.encode(": ping\n\n");
