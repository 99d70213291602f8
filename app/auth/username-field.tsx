import { type FieldMetadata, getInputProps } from "@conform-to/react";
import { useEffect, useState } from "react";
import { href } from "react-router";
import { Field } from "#app/ui/field.tsx";
import { usernameProblem } from "#app/users/username.ts";

interface Availability {
  /** the username that was asked about */
  username: string;
  available: boolean;
  reason?: string;
  suggestions?: string[];
}

/**
 * A username to be chosen. With scripts it says while one types whether it is free, and offers what is; without
 * them the form's answer says the same, and a suggestion is a link that fills it in.
 */
export function UsernameField({
  field,
  name,
  suggestions,
  onPick,
  autoFocus,
}: {
  field: FieldMetadata<string>;
  /** the person's name as far as it is typed: suggestions are made of it */
  name: string;
  suggestions: string[];
  onPick: (username: string) => void;
  autoFocus?: boolean;
}) {
  const { key, ...input } = getInputProps(field, { type: "text" });
  const [typed, setTyped] = useState("");
  const answer = useAvailability(typed, name);
  const current = answer && !field.errors && answer.username === typed.trim() ? answer : null;
  const taken = current && !current.available ? current.reason : undefined;
  const offered = answer?.suggestions ?? suggestions;
  return (
    <div>
      <Field
        key={key}
        label="Username"
        hint="3 to 20 letters, digits, - or _. Everyone sees it, and others mention you by it."
        {...input}
        onChange={(event) => setTyped(event.target.value)}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={autoFocus}
        errors={field.errors ?? (taken ? [taken] : undefined)}
      />
      <div aria-live="polite">{current?.available && <p className="field-good">@{current.username} is free.</p>}</div>
      {offered.length > 0 && (
        <p className="suggestions">
          <span className="muted">Free now:</span>
          {offered.map((username) => (
            <a
              key={username}
              className="text-link"
              href={`?username=${username}`}
              onClick={(event) => {
                event.preventDefault();
                setTyped(username);
                onPick(username);
              }}
            >
              {username}
            </a>
          ))}
        </p>
      )}
    </div>
  );
}

const pauseMs = 300;

/** Asks the server about what is typed, once the typing pauses; null as long as there is nothing to say. */
function useAvailability(typed: string, name: string): Availability | null {
  const [answer, setAnswer] = useState<Availability | null>(null);
  const username = typed.trim();
  useEffect(() => {
    const wellFormed = usernameProblem(username) === null;
    if (!wellFormed && (username || !name)) return;
    const asking = new AbortController();
    const timer = setTimeout(async () => {
      const found = await ask(username, name, asking.signal);
      if (found) setAnswer(found);
    }, pauseMs);
    return () => {
      clearTimeout(timer);
      asking.abort();
    };
  }, [username, name]);
  return answer;
}

async function ask(username: string, name: string, signal: AbortSignal): Promise<Availability | null> {
  const query = new URLSearchParams({ username, ...(name && { from: name }) });
  try {
    const response = await fetch(`${href("/join/username-available")}?${query}`, { signal });
    if (!response.ok) return null;
    // Our own address; its answer has this shape.
    return { username, ...((await response.json()) as Omit<Availability, "username">) };
  } catch {
    return null; // No network, or typed on: the form's answer will tell.
  }
}
