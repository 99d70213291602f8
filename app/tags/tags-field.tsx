import { type FieldMetadata, getInputProps } from "@conform-to/react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { href } from "react-router";
import { postsWords, type TagSuggestion } from "#app/tags/tag.ts";
import { Field } from "#app/ui/field.tsx";

/**
 * The tags of a post, separated by commas. With scripts it offers the tags that begin with the word at the cursor, as
 * an editable combobox with a list; without them it is a plain input.
 */
export function TagsField({ field, autoFocus }: { field: FieldMetadata<string>; autoFocus?: boolean }) {
  const { key, ...input } = getInputProps(field, { type: "text" });
  const [typed, setTyped] = useState<string | null>(null);
  const options = useSuggestions(typed);
  const [active, setActive] = useState(-1);
  const element = useRef<HTMLInputElement>(null);
  const listId = useId();
  const open = typed !== null && options.length > 0;

  function close() {
    setTyped(null);
    setActive(-1);
  }

  function readWord() {
    const { value = "", selectionStart } = element.current ?? {};
    setTyped(wordAt(value, selectionStart ?? value.length).word);
    setActive(-1);
  }

  function choose(option: TagSuggestion) {
    const input = element.current;
    if (!input) return;
    const { start, end } = wordAt(input.value, input.selectionStart ?? input.value.length);
    const before = input.value.slice(0, start);
    const after = input.value.slice(end).replace(/^\s*[,;]?\s*/, "");
    const lead = `${before}${before && !/\s$/.test(before) ? " " : ""}${option.name}, `;
    input.value = lead + after;
    input.setSelectionRange(lead.length, lead.length);
    // The form's own checks listen for it.
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.focus();
    close();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (!open || event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = options[active];
    if (step) setActive((active + step + options.length + (active < 0 && step < 0 ? 1 : 0)) % options.length);
    else if (event.key === "Enter" && chosen) choose(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  }

  return (
    <div className="tags-field">
      <Field
        key={key}
        label="Tags"
        hint="One to five, separated by commas."
        {...input}
        ref={element}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-activedescendant={open && active >= 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        autoCapitalize="none"
        autoFocus={autoFocus}
        onChange={readWord}
        onKeyDown={onKeyDown}
        onBlur={close}
        errors={field.errors}
      />
      {open && (
        <div id={listId} role="listbox" aria-label="Tags that fit" className="tag-options">
          {options.map((option, index) => (
            <div
              key={option.name}
              id={`${listId}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              // The input keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => choose(option)}
              onKeyDown={() => undefined}
              onPointerMove={() => setActive(index)}
            >
              <span>
                <bdi>{option.name}</bdi>
                {option.alias && <span className="muted"> for {option.alias}</span>}
              </span>{" "}
              <span className="muted">{postsWords(option.postCount)}</span>
            </div>
          ))}
        </div>
      )}
      <span className="sr-only" aria-live="polite">
        {open ? `${options.length} ${options.length === 1 ? "tag fits" : "tags fit"}` : ""}
      </span>
    </div>
  );
}

/** The word around a place in a text whose words are separated by commas, and where it begins and ends. */
export function wordAt(text: string, place: number): { word: string; start: number; end: number } {
  const start = text.slice(0, place).search(/[^,;،、，\n]*$/);
  const rest = text.slice(place).search(/[,;،、，\n]/);
  const end = rest < 0 ? text.length : place + rest;
  return { word: text.slice(start, end).trim(), start, end };
}

/** What fits the word that is typed, asked for when the typing rests; nothing for an empty word. */
function useSuggestions(word: string | null): TagSuggestion[] {
  const [answer, setAnswer] = useState<{ word: string; tags: TagSuggestion[] }>({ word: "", tags: [] });
  useEffect(() => {
    if (!word) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const response = await fetch(`${href("/tags/suggestions")}?q=${encodeURIComponent(word)}`, {
          signal: abort.signal,
        });
        if (response.ok) setAnswer({ word, tags: (await response.json()).tags });
      } catch {
        // Typing goes on without suggestions.
      }
    }, 150);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [word]);
  return word && answer.word === word ? answer.tags.filter(({ name }) => name !== word) : [];
}
