import { href } from "react-router";
import { type Basis, keptSchema, notKeptSchema, type Standing } from "#app/posts/kept-text.ts";
import type { WrittenPost } from "#app/posts/post-form.ts";

/** Where a text is kept: in a post, or by the key of a form that has none yet. */
export interface KeepPlace {
  postId: number | null;
  submissionKey?: string;
  basis: Basis;
}

export type KeepAnswer =
  | { outcome: "kept"; postId: number | null; basis: Basis }
  | { outcome: "changed-elsewhere"; newer: Standing }
  | { outcome: "refused"; message: string }
  | { outcome: "gone" }
  | { outcome: "signed-out" }
  | { outcome: "unreached"; retryAfterMs: number | null };

/** What browsers let go on after the page is gone, less what stands around the text. */
const maxOutlivingBytes = 60_000;
const maxWaitMs = 20_000;

/** Sends a text to be kept. Where it is small enough it arrives even if the tab is closed meanwhile. */
export async function sendText(text: WrittenPost, { postId, submissionKey, basis }: KeepPlace): Promise<KeepAnswer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(text)) form.set(name, value);
  form.set("version", String(basis.version));
  form.set("revision", String(basis.revision));
  if (submissionKey) form.set("submissionKey", submissionKey);
  try {
    const address = postId === null ? href("/new/draft") : href("/p/:postId/draft", { postId: String(postId) });
    const response = await fetch(address, {
      method: "POST",
      body: form,
      headers: { Accept: "application/json" },
      keepalive: new TextEncoder().encode(Object.values(text).join("")).length < maxOutlivingBytes,
      signal: AbortSignal.timeout(maxWaitMs),
    });
    return await answerOf(response);
  } catch {
    return { outcome: "unreached", retryAfterMs: null };
  }
}

async function answerOf(response: Response): Promise<KeepAnswer> {
  switch (response.status) {
    case 200:
      return { outcome: "kept", ...keptSchema.parse(await response.json()) };
    case 400:
    case 409: {
      const { newer, error } = notKeptSchema.parse((await response.json()) ?? {});
      if (newer) return { outcome: "changed-elsewhere", newer };
      return { outcome: "refused", message: error ?? "The site does not take this text." };
    }
    case 401:
      return { outcome: "signed-out" };
    case 403:
      return { outcome: "refused", message: "You cannot write here at the moment." };
    case 404:
      return { outcome: "gone" };
    case 413:
      return { outcome: "refused", message: "This text is too long." };
    default: {
      const seconds = Number(response.headers.get("retry-after"));
      return { outcome: "unreached", retryAfterMs: seconds > 0 ? seconds * 1_000 : null };
    }
  }
}
