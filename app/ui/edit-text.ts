/**
 * Puts text into a field in place of what stands from `start` to `end`, as if it were typed: the browser's undo takes
 * it back. Where the person is writing in another field, that one keeps the focus, and undo does without.
 * @param caret where the caret stands afterwards, or from where to where something is chosen; at the end by default
 */
export function editText(
  field: HTMLTextAreaElement | HTMLInputElement,
  {
    start,
    end,
    text,
    caret,
    focus = true,
  }: { start: number; end: number; text: string; caret?: [number, number]; focus?: boolean },
): void {
  if (focus || field.ownerDocument.activeElement === field) {
    field.focus({ preventScroll: !focus });
    field.setSelectionRange(start, end);
    // Deprecated, and still the one way to type by script.
    const typed = text === "" ? document.execCommand("delete") : document.execCommand("insertText", false, text);
    if (!typed || field.value.slice(start, start + text.length) !== text) replace(field, start, end, text);
  } else {
    replace(field, start, end, text);
  }
  if (caret) field.setSelectionRange(...caret);
}

/** Replaces everything in a field, as if it were typed. */
export function setText(field: HTMLTextAreaElement | HTMLInputElement, text: string, focus = false): void {
  if (field.value !== text) editText(field, { start: 0, end: field.value.length, text, focus });
}

function replace(field: HTMLTextAreaElement | HTMLInputElement, start: number, end: number, text: string): void {
  field.setRangeText(text, start, Math.min(end, field.value.length), "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
