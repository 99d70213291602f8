import { useEffect, useRef } from "react";
import { addCopyButtons } from "#app/markdown/copy-code.ts";

/** Written text, as renderMarkdown made it. */
export function Prose({ html, small = false }: { html: string; small?: boolean }) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (html.includes("<pre") && element.current) addCopyButtons(element.current);
  }, [html]);
  return (
    <div
      ref={element}
      className={small ? "prose prose-small" : "prose"}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: it was made of the allow-list's elements only
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
