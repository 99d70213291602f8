import { type Basis, isEmptyText, isSameText, type Standing } from "#app/posts/kept-text.ts";
import { openKeepers } from "#app/posts/open-keepers.ts";
import type { WrittenPost } from "#app/posts/post-form.ts";
import { type KeepAnswer, sendText } from "#app/posts/send-text.ts";
import { holdForm, type Shelved, shelve, unshelve } from "#app/posts/shelf.ts";
import { watchPage } from "#app/posts/watch-page.ts";

export type KeepPhase =
  /** nothing was typed */
  | "still"
  /** typed, and soon on its way */
  | "typing"
  | "kept"
  /** the site does not answer: tried again by itself */
  | "waiting"
  | "signed-out"
  /** the site does not take this text: tried again when it is another */
  | "refused"
  /** nothing is sent until the person has decided between the two texts */
  | "changed-elsewhere"
  /** the post was deleted elsewhere */
  | "gone";

export interface KeeperState {
  phase: KeepPhase;
  postId: number | null;
  basis: Basis;
  /** of a new post's form */
  submissionKey?: string;
  /** why the text is refused */
  message?: string;
  /** what stands on the site instead */
  newer?: Standing;
  /** whether the text is at least on this device */
  onDevice: boolean;
}

export interface KeeperStart {
  userId: string;
  postId: number | null;
  submissionKey?: string;
  basis: Basis;
  /** what the site has for that basis */
  saved: WrittenPost;
  newer?: Standing;
}

const quietMs = 2_000;
const atMostMs = 5_000;
const longestRetryMs = 30_000;

/**
 * Keeps what is typed into one form: at once on this device, soon on the site, there never over a text that the form
 * does not know. What this device keeps is given up when the site has it.
 */
export class DraftKeeper {
  state: KeeperState;
  readonly formId = `${Date.now().toString(36)}${Math.random().toString(36).slice(2)}`;
  private text: WrittenPost;
  private saved: WrittenPost;
  /** sent without an answer yet; where one of them stands on the site, nobody else wrote it */
  private sent: WrittenPost[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private unsentSince: number | null = null;
  private failures = 0;
  private underWay: Promise<void> | null = null;
  private isPaused = false;
  private isDone = false;
  private isClosed = false;
  private readonly start: KeeperStart;
  private readonly listeners = new Set<() => void>();

  constructor(start: KeeperStart) {
    this.start = start;
    this.text = start.saved;
    this.saved = start.saved;
    const { postId, submissionKey, basis, newer } = start;
    this.state = {
      phase: newer ? "changed-elsewhere" : "still",
      postId,
      submissionKey,
      basis: newer?.basis ?? basis,
      newer,
      onDevice: true,
    };
  }

  /** Begins to watch over the page; the returned function ends it, and sends what is left. */
  open(): () => void {
    this.isClosed = false;
    const release = holdForm(this.formId);
    const stopWatching = watchPage({
      onLeave: () => void this.send(),
      onReturn: () => this.retry(),
      mayLeave: () => !this.isUnkept(),
    });
    openKeepers.add(this);
    return () => {
      stopWatching();
      openKeepers.delete(this);
      this.isClosed = true;
      clearTimeout(this.timer);
      void this.send();
      release();
    };
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Takes note of what stands in the form now. */
  typed(text: WrittenPost): void {
    this.text = text;
    if (this.isDone) return;
    if (this.isSettled()) return void this.settle();
    this.shelve();
    if (this.isPaused || this.isStopped() || ["waiting", "signed-out"].includes(this.state.phase))
      return void this.tell({});
    this.tell({ phase: "typing", message: undefined });
    this.schedule();
  }

  /** Goes on with a text that was left on this device; what stands in the form now is that text. */
  takeOver({ text, postId, submissionKey, sent, formId }: Shelved): void {
    this.sent = [...sent];
    if (postId === null && this.state.postId === null && submissionKey) this.tell({ submissionKey });
    this.typed(text);
    // Its new place is written before the old one is given up.
    if (formId !== this.formId && this.state.onDevice) unshelve(this.start.userId, formId);
  }

  /** Sends what is not on the site yet, and waits until nothing is under way. */
  async keepNow(): Promise<void> {
    await this.underWay;
    await this.send();
  }

  /** While the form itself is being sent nothing else is; resolves when nothing is under way any more. */
  async pause(): Promise<void> {
    this.isPaused = true;
    clearTimeout(this.timer);
    await this.underWay;
  }

  get isBusy(): boolean {
    return this.underWay !== null;
  }

  get paused(): boolean {
    return this.isPaused;
  }

  /** The form was not taken and is typed into again. */
  resume(): void {
    this.isPaused = false;
    this.typed(this.text);
  }

  /** The form was taken: nothing of it is left to keep. */
  done(): void {
    this.isDone = true;
    clearTimeout(this.timer);
    unshelve(this.start.userId, this.formId);
  }

  /** Another text stands on the site than the one that the form was filled with. */
  contradict(newer: Standing): void {
    clearTimeout(this.timer);
    this.tell({ phase: "changed-elsewhere", newer, basis: newer.basis });
    this.shelve();
  }

  /** The person has seen the other text: what stands in the form now, theirs or that one, is kept from here on. */
  decide(text: WrittenPost): void {
    if (this.state.newer) this.saved = this.state.newer.text;
    this.sent = [];
    this.tell({ phase: "typing", newer: undefined });
    this.typed(text);
    void this.send();
  }

  private isSettled(): boolean {
    return !this.underWay && isSameText(this.text, this.saved);
  }

  private isStopped(): boolean {
    return this.state.phase === "changed-elsewhere" || this.state.phase === "gone";
  }

  private isUnkept(): boolean {
    return !this.isDone && !this.isPaused && !this.state.onDevice && !isSameText(this.text, this.saved);
  }

  private settle(): void {
    clearTimeout(this.timer);
    this.unsentSince = null;
    if (this.state.phase !== "changed-elsewhere") unshelve(this.start.userId, this.formId);
    if (this.isStopped() || this.state.phase === "still") return;
    this.tell({ phase: isEmptyText(this.saved) ? "still" : "kept", message: undefined });
  }

  private schedule(delayMs?: number): void {
    clearTimeout(this.timer);
    if (this.isClosed || this.isDone) return;
    this.unsentSince ??= Date.now();
    const untilLatest = this.unsentSince + atMostMs - Date.now();
    this.timer = setTimeout(() => void this.send(), delayMs ?? Math.max(0, Math.min(quietMs, untilLatest)));
  }

  private retry(): void {
    if (["waiting", "signed-out"].includes(this.state.phase)) void this.send();
  }

  private async send(): Promise<void> {
    if (this.isDone || this.isPaused || this.isStopped() || this.underWay) return;
    if (this.isSettled() || this.state.phase === "still") return;
    clearTimeout(this.timer);
    this.unsentSince = null;
    const text = this.text;
    this.sent.push(text);
    this.shelve();
    this.underWay = sendText(text, this.state).then((answer) => {
      this.underWay = null;
      this.hear(answer, text);
    });
    await this.underWay;
  }

  private hear(answer: KeepAnswer, text: WrittenPost): void {
    if (answer.outcome !== "unreached") this.failures = 0;
    switch (answer.outcome) {
      case "kept": {
        const { postId, basis } = answer;
        return void this.adopt({ text, basis }, postId);
      }
      case "changed-elsewhere":
        if (this.sent.some((one) => isSameText(one, answer.newer.text))) return void this.adopt(answer.newer);
        return void this.contradict(answer.newer);
      case "refused":
        // What was typed meanwhile may be taken.
        if (!isSameText(this.text, text)) return void this.schedule();
        return void this.tell({ phase: "refused", message: answer.message });
      case "gone":
        return void this.tell({ phase: "gone" });
      case "signed-out":
        this.schedule(longestRetryMs);
        return void this.tell({ phase: "signed-out" });
      case "unreached":
        this.failures++;
        this.schedule(answer.retryAfterMs ?? Math.min(longestRetryMs, 1_000 * 2 ** this.failures));
        return void this.tell({ phase: "waiting" });
    }
  }

  /** The site has this text of the form's. */
  private adopt({ text, basis }: Pick<Standing, "text" | "basis">, postId = this.state.postId): void {
    this.saved = text;
    this.sent = [];
    this.tell({ phase: "typing", basis, postId: postId ?? this.state.postId });
    if (this.isSettled()) return void this.settle();
    this.shelve();
    // What was typed while the last of it was under way goes after it, also when the form is closed.
    if (this.isClosed) void this.send();
    else if (!this.isPaused) this.schedule();
  }

  private shelve(): void {
    if (this.isDone) return;
    const { text, sent, formId } = this;
    const { postId, submissionKey, basis } = this.state;
    const { userId } = this.start;
    const at = new Date().toISOString();
    const onDevice = shelve(userId, { formId, postId, submissionKey, basis, text, sent: sent.slice(-2), at });
    if (onDevice !== this.state.onDevice) this.tell({ onDevice });
  }

  private tell(change: Partial<KeeperState>): void {
    const next = { ...this.state, ...change };
    // Each letter is noted; the page is drawn again when there is something new to say.
    if (Object.entries(next).every(([name, value]) => value === Reflect.get(this.state, name))) return;
    this.state = next;
    for (const listener of this.listeners) listener();
  }
}
