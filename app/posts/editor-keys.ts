import { editText } from "#app/ui/edit-text.ts";

/** What ⌘ or Ctrl and a letter put around the chosen words. */
const marks: Record<string, [before: string, after: string]> = {
  b: ["**", "**"],
  i: ["*", "*"],
  k: ["[", "](https://)"],
};

/** The keys of the text field: marks around the chosen words, and lists that go on. Tab leaves the field as everywhere. */
export function onTextKey(event: KeyboardEvent): void {
  const field = event.target;
  if (!(field instanceof HTMLTextAreaElement) || event.isComposing || event.altKey) return;
  const mark = marks[event.key.toLowerCase()];
  if ((event.metaKey || event.ctrlKey) && !event.shiftKey && mark) {
    event.preventDefault();
    wrap(field, mark);
  } else if (event.key === "Enter" && !event.shiftKey && !event.metaKey && !event.ctrlKey) {
    if (continueList(field)) event.preventDefault();
  }
}

/** Puts marks around the chosen words, or takes them away where they stand. */
function wrap(field: HTMLTextAreaElement, [before, after]: [string, string]): void {
  const { value, selectionStart: start, selectionEnd: end } = field;
  const words = value.slice(start, end);
  if (value.slice(0, start).endsWith(before) && value.slice(end).startsWith(after)) {
    const from = start - before.length;
    editText(field, { start: from, end: end + after.length, text: words, caret: [from, from + words.length] });
    return;
  }
  const inside = start + before.length;
  // Of a link the address comes next, once its words are there.
  const address = inside + words.length + 2;
  const caret: [number, number] =
    before === "[" && words ? [address, address + "https://".length] : [inside, inside + words.length];
  editText(field, { start, end, text: before + words + after, caret });
}

/** Begins the next line like this one, where it is in a list; an empty item ends the list. */
function continueList(field: HTMLTextAreaElement): boolean {
  const { value, selectionStart: at, selectionEnd } = field;
  if (at !== selectionEnd) return false;
  const start = value.lastIndexOf("\n", at - 1) + 1;
  const line = value.slice(start, at);
  const [all, indent = "", sign = "", space = "", box = ""] =
    /^([ \t]*)([-+*]|\d{1,8}[.)])([ \t]+)(\[[ xX]\] )?/.exec(line) ?? [];
  if (!all) return false;
  if (line === all) {
    editText(field, { start, end: at, text: "" });
    return true;
  }
  const next = /^\d/.test(sign) ? `${Number.parseInt(sign, 10) + 1}${sign.slice(-1)}` : sign;
  editText(field, { start: at, end: at, text: `\n${indent}${next}${space}${box && "[ ] "}` });
  return true;
}

/** Where the browser does not do it by itself, the field becomes as high as its text; never lower, so that nothing jumps. */
export function growWithText(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content") || field.scrollHeight <= field.clientHeight) return;
  field.style.height = `${field.scrollHeight + 2}px`;
}
