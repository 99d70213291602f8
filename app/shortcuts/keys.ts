/** What a key asks for; the page knows how to do it. */
export interface KeyActions {
  go(path: string): void;
  help(): void;
}

const places: Record<string, string> = { h: "/", f: "/following", n: "/notifications" };
/** For the second key of two. */
const patienceMs = 1_500;
const items = "main article[data-post-id], main article[data-comment-id], main [data-item]";

/**
 * Does what a key stands for: see `shortcuts`. Nothing while somebody types, chooses or holds another key, and nothing
 * below an open dialog.
 * @returns how to stop listening
 */
export function listenToKeys(actions: KeyActions): () => void {
  let goPressedAt = Number.NEGATIVE_INFINITY;
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const { target } = event;
    if (event.key === "Escape") {
      if (target instanceof HTMLElement && isField(target)) target.blur();
      return;
    }
    if ((target instanceof Element && isField(target)) || document.querySelector("dialog[open]")) return;
    const place = performance.now() - goPressedAt < patienceMs ? places[event.key] : undefined;
    goPressedAt = event.key === "g" ? performance.now() : Number.NEGATIVE_INFINITY;
    if (event.repeat && !["j", "k"].includes(event.key)) return;
    if (place) actions.go(place);
    if (place || act(event.key, actions)) event.preventDefault();
  };
  document.addEventListener("keydown", onKey);
  return () => document.removeEventListener("keydown", onKey);
}

/** @returns whether the key did something */
function act(key: string, actions: KeyActions): boolean {
  // What the page says of its own links and buttons goes before what holds everywhere.
  if (/^[a-z]$/.test(key) && use(document.querySelector<HTMLElement>(`main [data-key="${key}"]`))) return true;
  switch (key) {
    case "j":
      return moveBy(1);
    case "k":
      return moveBy(-1);
    case "o":
      return press(linkOf(currentItem()));
    case "l":
      return press(buttonFor("reaction"));
    case "b":
      return press(buttonFor("bookmark"));
    case "n":
      actions.go("/new");
      return true;
    case "/":
      focusSearch(actions);
      return true;
    case "?":
      actions.help();
      return true;
    default:
      return false;
  }
}

function isField(element: Element): boolean {
  const typed = "input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select";
  return element.matches(typed) || (element instanceof HTMLElement && element.isContentEditable);
}

function currentItem(): Element | null {
  return document.activeElement?.closest(items) ?? null;
}

/** Puts the focus on the next item: on its link, so that Enter opens it. The first one seen where none has it. */
function moveBy(step: 1 | -1): boolean {
  const all = [...document.querySelectorAll<HTMLElement>(items)].filter((item) => item.offsetParent !== null);
  const at = all.findIndex((item) => item.contains(document.activeElement));
  const next =
    at >= 0
      ? all[at + step]
      : all.find((item) => item.getBoundingClientRect().bottom > 0 && item.getBoundingClientRect().height > 0);
  if (!next) return false;
  const goal = linkOf(next) ?? next;
  if (goal === next) next.tabIndex = -1;
  goal.focus({ preventScroll: true });
  next.scrollIntoView({ block: next.offsetHeight > innerHeight / 2 ? "start" : "nearest" });
  return true;
}

/** Where an item leads: a post in a list by its title, a comment by its time, a person by all of their line. */
function linkOf(item: Element | null): HTMLElement | null {
  if (item?.matches("article.post")) return null;
  const time = item?.querySelector("a > time")?.parentElement ?? null;
  return (
    item?.querySelector<HTMLElement>(":scope > h2 a") ?? (item?.matches("[data-item]") ? item.querySelector("a") : time)
  );
}

/** The button of the current item, or of the post whose page this is. */
function buttonFor(noun: "reaction" | "bookmark"): HTMLElement | null {
  const selector = `form[action$="/${noun}"] button`;
  const item = currentItem();
  const isWhole = !item || item.matches("article.post");
  return (
    item?.querySelector<HTMLElement>(selector) ??
    (isWhole ? document.querySelector(`main form[action^="/p/"][action$="/${noun}"] button`) : null)
  );
}

/** Presses a link or a button; goes to a field. */
function use(element: HTMLElement | null): boolean {
  if (!element || !isField(element)) return press(element);
  element.focus();
  return true;
}

function press(element: HTMLElement | null): boolean {
  element?.click();
  return element !== null;
}

function focusSearch(actions: KeyActions): void {
  const fields = [...document.querySelectorAll<HTMLInputElement>("[data-search-field]")];
  const field = fields.find((each) => each.offsetParent !== null);
  if (field) {
    field.focus();
    field.select();
  } else actions.go("/search");
}
