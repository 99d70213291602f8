import { useEffect, useRef, useState } from "react";
import { href } from "react-router";
import { z } from "zod";
import type { UserSummary } from "#app/users/user.ts";

/** So that a name that is typed quickly is asked for once. */
const pauseMs = 120;

const answerSchema = z.object({
  people: z.array(z.object({ username: z.string(), name: z.string(), avatar: z.string() })),
});

const nobody: UserSummary[] = [];

/** The people who are offered for what was typed after an "@"; nobody where nothing is, or while nobody answers. */
export function useSuggestions(typed: string | null, postId: number | undefined): UserSummary[] {
  const [found, setFound] = useState<{ typed: string; people: UserSummary[] } | null>(null);
  const answers = useRef(new Map<string, UserSummary[]>());

  useEffect(() => {
    if (typed === null) return setFound(null);
    const known = answers.current.get(typed) ?? nobodyBegins(answers.current, typed);
    if (known) return setFound({ typed, people: known });
    const abort = new AbortController();
    const pause = setTimeout(async () => {
      const people = await ask(typed, postId, abort.signal);
      if (!people) return;
      answers.current.set(typed, people);
      setFound({ typed, people });
    }, pauseMs);
    return () => {
      clearTimeout(pause);
      abort.abort();
    };
  }, [typed, postId]);

  // While the next answer is on its way the last one stays, as long as it may still fit.
  return typed !== null && found && typed.startsWith(found.typed) ? found.people : nobody;
}

/** Where a beginning has no people, a longer one has none either. */
function nobodyBegins(answers: Map<string, UserSummary[]>, typed: string): UserSummary[] | undefined {
  for (let length = typed.length - 1; length > 0; length--) {
    if (answers.get(typed.slice(0, length))?.length === 0) return nobody;
  }
  return undefined;
}

async function ask(typed: string, postId: number | undefined, signal: AbortSignal): Promise<UserSummary[] | null> {
  const query = new URLSearchParams({ q: typed, ...(postId && { postId: String(postId) }) });
  try {
    const response = await fetch(`${href("/mentions/suggestions")}?${query}`, { signal });
    return response.ok ? answerSchema.parse(await response.json()).people : null;
  } catch {
    // Names can be written without help.
    return null;
  }
}
