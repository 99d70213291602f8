/** Written text, as renderMarkdown made it. */
export function Prose({ html, small = false }: { html: string; small?: boolean }) {
  return (
    // biome-ignore lint/security/noDangerouslySetInnerHtml: it was made of the allow-list's elements only
    <div className={small ? "prose prose-small" : "prose"} dangerouslySetInnerHTML={{ __html: html }} />
  );
}
