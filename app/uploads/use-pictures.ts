import { type RefObject, useEffect, useRef, useState } from "react";
import { editText } from "#app/ui/edit-text.ts";
import { asParagraphs, placeholderFor } from "#app/uploads/picture-markdown.ts";
import { sendPicture } from "#app/uploads/send-picture.ts";
import { maxPictureBytes, tooLarge } from "#app/uploads/upload.ts";

/** A picture on its way into a text. */
export interface SentPicture {
  id: number;
  name: string;
  /** from 0 to 1 */
  fraction: number;
  /** why it is not in the text */
  error?: string;
}

export interface Pictures {
  sent: SentPicture[];
  /** how many have arrived since the editor was opened */
  arrived: number;
  isBusy: boolean;
  add(files: Iterable<File>): void;
  /** resolves when no picture is on its way */
  settled(): Promise<void>;
}

/**
 * Sends pictures for a text one after the other. Where the cursor is, a placeholder stands until the picture has
 * arrived; whoever deletes the placeholder does without the picture.
 */
export function usePictures(textarea: RefObject<HTMLTextAreaElement | null>): Pictures {
  const [sent, setSent] = useState<SentPicture[]>([]);
  const [arrived, setArrived] = useState(0);
  const line = useRef<Promise<void>>(Promise.resolve());
  const count = useRef(0);

  function change(id: number, changed: Partial<SentPicture>) {
    setSent((pictures) => pictures.map((each) => (each.id === id ? { ...each, ...changed } : each)));
  }

  function add(files: Iterable<File>) {
    const field = textarea.current;
    if (!field) return;
    const added = [...files].map((file) => {
      const id = ++count.current;
      return { id, name: file.name, fraction: 0, file, placeholder: placeholderFor(file.name, id), ...refusalOf(file) };
    });
    const welcome = added.filter(({ error }) => !error);
    setSent((pictures) => [...pictures.filter(({ error }) => !error), ...added]);
    if (welcome.length > 0) insert(field, welcome.map(({ placeholder }) => placeholder).join("\n\n"));
    for (const { id, file, placeholder } of welcome) {
      line.current = line.current.then(async () => {
        // Whoever has taken the placeholder away has changed their mind.
        const isWanted = field.value.includes(placeholder);
        const answer = isWanted ? await sendPicture(file, (fraction) => change(id, { fraction })) : { markdown: "" };
        await composed(field);
        replacePlaceholder(field, placeholder, "markdown" in answer ? answer.markdown : "");
        if ("error" in answer) return change(id, { error: answer.error });
        setSent((pictures) => pictures.filter((each) => each.id !== id));
        if (isWanted) setArrived((before) => before + 1);
      });
    }
  }

  const adding = useRef(add);
  adding.current = add;
  useEffect(() => takeDrops((files) => adding.current(files)), []);

  useEffect(() => {
    const field = textarea.current;
    if (!field) return;
    const begin = () => field.setAttribute("data-composing", "");
    const end = () => field.removeAttribute("data-composing");
    field.addEventListener("compositionstart", begin);
    field.addEventListener("compositionend", end);
    return () => {
      field.removeEventListener("compositionstart", begin);
      field.removeEventListener("compositionend", end);
    };
  }, [textarea]);

  return { sent, arrived, isBusy: sent.some(({ error }) => !error), add, settled: () => line.current };
}

/** Takes files wherever on the page they are dropped: the browser would leave the page to show them. */
function takeDrops(take: (files: FileList) => void): () => void {
  const isTaken = ({ target, dataTransfer }: DragEvent) =>
    dataTransfer?.types.includes("Files") && !(target instanceof HTMLInputElement && target.type === "file");
  const over = (event: DragEvent) => {
    if (isTaken(event)) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    if (!event.dataTransfer || !isTaken(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  };
  addEventListener("dragover", over);
  addEventListener("drop", drop);
  return () => {
    removeEventListener("dragover", over);
    removeEventListener("drop", drop);
  };
}

function refusalOf(file: File): { error?: string } {
  if (!file.type.startsWith("image/")) return { error: "This is no picture." };
  return file.size > maxPictureBytes ? { error: tooLarge } : {};
}

function insert(field: HTMLTextAreaElement, text: string): void {
  const { value, selectionStart: start, selectionEnd: end } = field;
  editText(field, { start, end, text: asParagraphs(value, start, end, text) });
}

/** Puts a picture where its placeholder is. The cursor stays in the words where it is. */
function replacePlaceholder(field: HTMLTextAreaElement, placeholder: string, text: string): void {
  const { value, selectionStart, selectionEnd } = field;
  const start = value.indexOf(placeholder);
  if (start < 0) return;
  // The lines that were made for a picture that does not come go with it.
  const end =
    start + placeholder.length + (text === "" && value.startsWith("\n\n", start + placeholder.length) ? 2 : 0);
  const moved = (at: number) => (at <= start ? at : at >= end ? at + text.length - (end - start) : start + text.length);
  editText(field, { start, end, text, caret: [moved(selectionStart), moved(selectionEnd)], focus: false });
}

/** Resolves when no letter is just being put together in a field: a change would break it off. */
async function composed(field: HTMLElement): Promise<void> {
  if (!field.hasAttribute("data-composing")) return;
  await new Promise((resolve) => field.addEventListener("compositionend", () => setTimeout(resolve), { once: true }));
}
