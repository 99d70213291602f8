import { isTangled, renderPlain } from "#app/markdown/plain.server.ts";
import { restBeforeNext } from "#app/markdown/render-allowance.server.ts";
import { renderInTurn } from "#app/markdown/render-turns.server.ts";
import type { Rendered } from "#app/markdown/rendering.server.ts";
import type { Place } from "#app/markdown/shape.server.ts";
import { type NamedPeople, nobodyNamed } from "#app/mentions/mention.ts";

/**
 * Renders a text that is to be kept to the allow-list, in threads beside the requests, with bounds on time and memory.
 * What exceeds them is shown as it was typed. The content never makes it throw.
 * @param by the id of the person whose text it is, so that nobody's keep everybody else's waiting; none for the site's own
 * @param people who is meant by the names in it: see peopleNamedIn
 */
export async function renderMarkdown(
  source: string,
  place: Place = "post",
  by: string | null = null,
  people: NamedPeople = nobodyNamed,
): Promise<Rendered> {
  const answer = isTangled(source) ? null : await renderInTurn({ source, place, by, people, preview: false });
  return answer?.rendered ?? renderPlain(source);
}

/** That a text is not rendered now, in words for the form, and how to answer. */
export interface NotNow {
  message: string;
  init: { status: 429 | 503; headers: { "Retry-After": string } };
}

/** Renders a text as renderMarkdown would; where too many texts wait, a preview is what can be asked for again. */
export async function previewMarkdown(
  source: string,
  by: string,
  place: Place = "post",
  people: NamedPeople = nobodyNamed,
): Promise<Rendered | NotNow> {
  if (isTangled(source)) return renderPlain(source);
  const answer = await renderInTurn({ source, place, by, people, preview: true });
  return answer ? (answer.rendered ?? renderPlain(source)) : (pauseOf(by) ?? busy);
}

/** Why somebody's next text has to wait: their last ones took very long to render. Null for almost everybody. */
export function pauseOf(by: string): NotNow | null {
  const seconds = Math.ceil(restBeforeNext(by) / 1_000);
  if (seconds === 0) return null;
  return {
    message: `Your last texts took the site very long to lay out. This one is still here: wait ${seconds} seconds, then press the button again.`,
    init: { status: 429, headers: { "Retry-After": String(seconds) } },
  };
}

const busy: NotNow = {
  message: "Many people are writing at the moment. Your text is still here: wait a few seconds, then try again.",
  init: { status: 503, headers: { "Retry-After": "5" } },
};
