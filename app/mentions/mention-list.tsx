import { type RefObject, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { type TypedName, typedNameBefore } from "#app/mentions/typed-name.ts";
import { useSuggestions } from "#app/mentions/use-suggestions.ts";
import { caretPlace } from "#app/ui/caret-place.ts";
import type { UserSummary } from "#app/users/user.ts";

/**
 * Offers people while a name is typed in a text: arrows choose, Enter and Tab take, Escape closes. The text keeps the
 * focus all the time; without scripts there is nothing to see.
 */
export function MentionList({
  textarea,
  postId,
}: {
  textarea: RefObject<HTMLTextAreaElement | null>;
  postId?: number;
}) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [name, setName] = useState<TypedName | null>(null);
  const [active, setActive] = useState(0);
  const found = useSuggestions(name?.typed ?? null, postId);
  const isWhole = found.length === 1 && found[0]?.username.toLowerCase() === name?.typed.toLowerCase();
  const people = isWhole ? [] : found;
  const open = name !== null && people.length > 0;
  const chosen = Math.min(active, people.length - 1);

  function take(person: UserSummary | undefined) {
    const field = textarea.current;
    if (field && name && person) write(field, name, person.username);
    setName(null);
  }

  // The newest of these, for listeners that stay: the text may be drawn anew under another element.
  const now = useRef({ open, people, chosen, take });
  now.current = { open, people, chosen, take };

  useEffect(() => {
    let closedAt = -1;
    function look(event: Event) {
      const field = textarea.current;
      if (!field || event.target !== field || (event instanceof InputEvent && event.isComposing)) return;
      const { value, selectionStart, selectionEnd } = field;
      const typing = selectionStart === selectionEnd ? typedNameBefore(value, selectionStart) : null;
      if (typing?.start !== closedAt) closedAt = -1;
      // Moving through a text that has names in it opens nothing; typing does.
      if (event.type === "input") setActive(0);
      setName((before) => (typing && closedAt === -1 && (event.type === "input" || before) ? typing : null));
    }
    function onKey(event: KeyboardEvent) {
      const { open, people, chosen, take } = now.current;
      if (!open || event.target !== textarea.current || event.isComposing || hasModifier(event)) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) setActive((chosen + step + people.length) % people.length);
      else if (event.key === "Enter" || event.key === "Tab") take(people[chosen]);
      else if (event.key === "Escape") {
        setName((typing) => {
          closedAt = typing?.start ?? -1;
          return null;
        });
      } else return;
      event.preventDefault();
      event.stopPropagation();
    }
    const close = (event: FocusEvent) => {
      if (event.target === textarea.current) setName(null);
    };
    for (const kind of ["input", "compositionend", "keyup", "click"]) document.addEventListener(kind, look);
    // Before anybody else's: a list that is open takes its keys for itself.
    document.addEventListener("keydown", onKey, true);
    document.addEventListener("focusout", close);
    return () => {
      for (const kind of ["input", "compositionend", "keyup", "click"]) document.removeEventListener(kind, look);
      document.removeEventListener("keydown", onKey, true);
      document.removeEventListener("focusout", close);
    };
  }, [textarea]);

  useLayoutEffect(() => {
    const field = textarea.current;
    if (!open || !field || !name) return;
    const place = () => list.current && putBeside(list.current, caretPlace(field, name.start));
    place();
    window.addEventListener("resize", place);
    window.addEventListener("scroll", place, true);
    return () => {
      window.removeEventListener("resize", place);
      window.removeEventListener("scroll", place, true);
    };
  }, [open, name, textarea]);

  useEffect(() => {
    const field = textarea.current;
    if (!open || !field) return;
    const said = { "aria-autocomplete": "list", "aria-controls": id, "aria-activedescendant": `${id}-${chosen}` };
    for (const [attribute, value] of Object.entries(said)) field.setAttribute(attribute, value);
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: "nearest" });
    return () => {
      for (const attribute of Object.keys(said)) field.removeAttribute(attribute);
    };
  }, [open, chosen, id, textarea]);

  return (
    <>
      <p className="sr-only" role="status">
        {open && `${people.length === 1 ? "1 person" : `${people.length} people`}. Arrows choose, Enter takes.`}
      </p>
      {open && (
        <div id={id} ref={list} role="listbox" aria-label="People to mention" className="mention-list">
          {people.map((person, index) => (
            <button
              key={person.username}
              id={`${id}-${index}`}
              type="button"
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              className="mention-option"
              // The text keeps the focus, and a phone its keyboard.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => take(person)}
            >
              <img src={person.avatar} alt="" width={28} height={28} />
              <bdi className="mention-name">{person.name}</bdi>
              <span className="mention-username">@{person.username}</span>
            </button>
          ))}
        </div>
      )}
    </>
  );
}

function hasModifier(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
}

/** Puts a username in the place of what was typed of it, so that it can be undone like anything typed. */
function write(field: HTMLTextAreaElement, { start, typed }: TypedName, username: string): void {
  const end = start + 1 + typed.length;
  const words = `@${username}${/^[\s.,;:!?)]/.test(field.value.slice(end)) ? "" : " "}`;
  field.focus();
  field.setSelectionRange(start, end);
  // The old command alone keeps the browser's undo.
  if (document.execCommand("insertText", false, words)) return;
  field.setRangeText(words, start, end, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

const gap = 4;

/** Below the line where there is room, else above it; never beyond the window's edges or under a phone's keyboard. */
function putBeside(list: HTMLElement, line: { top: number; bottom: number; left: number }): void {
  const { offsetWidth: width, offsetHeight: height } = list;
  const bottom = (window.visualViewport?.offsetTop ?? 0) + (window.visualViewport?.height ?? window.innerHeight);
  const below = line.bottom + gap;
  const top = below + height <= bottom ? below : Math.max(gap, line.top - height - gap);
  const left = Math.max(gap, Math.min(line.left, document.documentElement.clientWidth - width - gap));
  list.style.top = `${top}px`;
  list.style.left = `${left}px`;
}
