const marks = [
  ["# Heading", "A heading; ## and ### for smaller ones"],
  ["*soft* and **strong**", "Emphasis"],
  ["[words](https://example.org)", "A link"],
  ["@username", "Calls somebody by name: a link to them, and they are told"],
  ["||words||", "Hidden until a reader asks for them"],
  ["::: spoiler Title … :::", "Whole paragraphs hidden, between two lines of their own"],
  ["> words", "A quotation"],
  ["- one", "A list; 1. for a numbered one"],
  ["`code`", "Code in a line"],
  ["```ts … ```", "Code in lines of its own, coloured by its language"],
  ["| a | b |", "A table; its second line is | - | - |"],
  ["Words[^1] … [^1]: note", "A footnote"],
] as const;

/** The marks that a text can have, for those who do not know them by heart. */
export function MarkdownHelp() {
  return (
    <details className="markdown-help">
      <summary>How to mark up your text</summary>
      <dl>
        {marks.map(([mark, meaning]) => (
          <div key={mark}>
            <dt>
              <code>{mark}</code>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p>
        With Ctrl or ⌘: B strong, I soft, K a link, S saves now. No key publishes. In a list, Enter begins the next
        item.
      </p>
      <p>An empty line begins a new paragraph. HTML is shown as it was typed.</p>
    </details>
  );
}
