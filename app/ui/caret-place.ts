/** What decides where a textarea breaks its lines. */
const copied = [
  "fontFamily",
  "fontSize",
  "fontWeight",
  "fontStyle",
  "letterSpacing",
  "lineHeight",
  "textIndent",
  "wordSpacing",
  "tabSize",
  "direction",
  "paddingTop",
  "paddingRight",
  "paddingBottom",
  "paddingLeft",
  "borderTopWidth",
  "borderRightWidth",
  "borderBottomWidth",
  "borderLeftWidth",
] as const;

/**
 * Where a character of a textarea is in the window. A textarea does not say it: the same text is laid out in an
 * invisible box of the same width, and asked there.
 */
export function caretPlace(
  textarea: HTMLTextAreaElement,
  index: number,
): { top: number; bottom: number; left: number } {
  const style = getComputedStyle(textarea);
  const box = document.createElement("div");
  for (const property of copied) box.style[property] = style[property];
  Object.assign(box.style, {
    position: "absolute",
    visibility: "hidden",
    whiteSpace: "pre-wrap",
    overflowWrap: "break-word",
    boxSizing: "border-box",
    borderStyle: "solid",
    width: `${textarea.offsetWidth}px`,
  });
  const mark = document.createElement("span");
  mark.textContent = textarea.value.slice(index, index + 1) || ".";
  box.append(textarea.value.slice(0, index), mark);
  document.body.append(box);
  const [around, at] = [box.getBoundingClientRect(), mark.getBoundingClientRect()];
  box.remove();
  const field = textarea.getBoundingClientRect();
  const top = field.top + at.top - around.top - textarea.scrollTop;
  return { top, bottom: top + at.height, left: field.left + at.left - around.left };
}
