import { copyText } from "#app/ui/copy-text.ts";

const doneMs = 2_000;

/** Gives every block of code in a text a button that copies it, where the browser lets pages copy. */
export function addCopyButtons(prose: HTMLElement): void {
  if (!navigator.clipboard) return;
  for (const code of prose.querySelectorAll("pre")) {
    if (code.parentElement?.className === "code-block") continue;
    const block = document.createElement("div");
    block.className = "code-block";
    code.replaceWith(block);
    block.append(code, buttonFor(code));
  }
}

function buttonFor(code: HTMLElement): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-code";
  const words = document.createElement("span");
  words.setAttribute("aria-live", "polite");
  words.textContent = "Copy";
  const what = document.createElement("span");
  what.className = "sr-only";
  what.textContent = " this code";
  button.append(words, what);
  let reset: ReturnType<typeof setTimeout>;
  button.addEventListener("click", async () => {
    const done = await copyText(code.textContent.replace(/\n$/, ""));
    words.textContent = done ? "Copied" : "Not copied";
    button.dataset.done = "";
    clearTimeout(reset);
    reset = setTimeout(() => {
      words.textContent = "Copy";
      delete button.dataset.done;
    }, doneMs);
  });
  return button;
}
