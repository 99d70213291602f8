import { type RefObject, useEffect, useState, useSyncExternalStore } from "react";
import { href, useLocation, useNavigation } from "react-router";
import { DraftKeeper, type KeeperState } from "#app/posts/draft-keeper.ts";
import { isSameText, type Standing } from "#app/posts/kept-text.ts";
import { emptyPost, type WrittenPost } from "#app/posts/post-form.ts";
import { orphanedTexts, type Shelved, shelvedTexts, unshelve } from "#app/posts/shelf.ts";
import { setText } from "#app/ui/edit-text.ts";

/** A text of an earlier visit that this device has and the site does not. */
export interface FoundText {
  text: Shelved;
  /** in the form already, because nothing came between; else the person is asked */
  restored: boolean;
}

export interface Keeping {
  keeper: DraftKeeper;
  state: KeeperState;
  found: FoundText | null;
  /** puts a text into the form */
  fill(text: WrittenPost): void;
  /** gives up the text that was found */
  discardFound(): void;
}

interface KeepingStart {
  userId: string;
  postId: number | null;
  submissionKey?: string;
  saved: Standing["text"];
  basis: Standing["basis"];
  newer: Standing | undefined;
}

/** Keeps what is typed into a form, and brings back what an earlier visit left on this device. */
export function useDraftKeeper(form: RefObject<HTMLFormElement | null>, start: KeepingStart): Keeping {
  const [keeper] = useState(() => new DraftKeeper(start));
  const state = useSyncExternalStore(
    keeper.subscribe,
    () => keeper.state,
    () => keeper.state,
  );
  const [found, setFound] = useState<FoundText | null>(null);
  const { userId, postId, saved, basis, newer } = start;
  const wanted = new URLSearchParams(useLocation().search).get("text");
  useFormWatch(form, keeper);
  useAddress(state.postId, postId);

  const [told, setTold] = useState(newer);
  useEffect(() => {
    if (newer && newer !== told) keeper.contradict(newer);
    setTold(newer);
  }, [keeper, newer, told]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what was left is looked for once, when the form opens
  useEffect(() => {
    let isOpen = true;
    findText({ userId, postId, wanted, keeper }).then((text) => {
      const element = form.current;
      if (!isOpen || !text || !element) return;
      const isHere = [saved, textIn(element)].some((here) => isSameText(here, text.text));
      if (isHere) return unshelve(userId, text.formId);
      const isUntouched = isSameText(textIn(element), saved);
      const nothingBetween =
        postId !== null &&
        !newer &&
        ((text.basis.version === basis.version && text.basis.revision === basis.revision) ||
          text.sent.some((sent) => isSameText(sent, saved)));
      const restored = text.formId === wanted || (isUntouched && nothingBetween);
      if (restored) {
        fillForm(element, text.text);
        keeper.takeOver(text);
      }
      setFound({ text, restored });
    });
    return () => {
      isOpen = false;
    };
  }, [keeper]);

  return {
    keeper,
    state,
    found,
    fill: (text) => form.current && fillForm(form.current, text),
    discardFound() {
      if (found?.restored && form.current) fillForm(form.current, saved);
      if (found) unshelve(userId, found.text.formId);
      setFound(null);
    },
  };
}

/** The texts in a form of the editor, field by field: FormData takes many times as long for a long text. */
export function textIn(form: HTMLFormElement): WrittenPost {
  const texts = Object.keys(emptyPost).map((name) => {
    const field = form.elements.namedItem(name);
    return [name, field && "value" in field ? String(field.value) : ""];
  });
  return { ...emptyPost, ...Object.fromEntries(texts) };
}

function fillForm(form: HTMLFormElement, text: WrittenPost): void {
  for (const [name, value] of Object.entries(text)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) setText(field, value);
  }
}

async function findText(of: {
  userId: string;
  postId: number | null;
  wanted: string | null;
  keeper: DraftKeeper;
}): Promise<Shelved | undefined> {
  const asked = of.wanted && shelvedTexts(of.userId).find(({ formId }) => formId === of.wanted);
  if (asked) return asked;
  const orphans = await orphanedTexts(of.userId, of.keeper.formId);
  return orphans.find(({ postId }) => postId === of.postId);
}

/** Tells the keeper of every change, also of those made before the page came to life. */
function useFormWatch(form: RefObject<HTMLFormElement | null>, keeper: DraftKeeper): void {
  const { state } = useNavigation();
  useEffect(() => {
    const element = form.current;
    if (!element) return;
    const note = () => keeper.typed(textIn(element));
    const close = keeper.open();
    note();
    // After React's own listener: what is drawn again before that takes a controlled field's letter away.
    const listen = ({ target }: Event) => target instanceof Node && element.contains(target) && note();
    addEventListener("input", listen);
    return () => {
      removeEventListener("input", listen);
      close();
    };
  }, [form, keeper]);
  useEffect(() => {
    if (state === "idle" && keeper.paused) keeper.resume();
  }, [state, keeper]);
}

/** A new post's form has the draft's address as soon as there is one, so that a reload finds it. The page stays. */
function useAddress(postId: number | null, before: number | null): void {
  const { state } = useNavigation();
  useEffect(() => {
    if (postId === null || before !== null || state !== "idle") return;
    const address = href("/p/:postId/edit", { postId: String(postId) });
    if (location.pathname !== address) history.replaceState(history.state, "", address);
  }, [postId, before, state]);
}
