const examples = [
  { typed: "garden rain", finds: "posts with both words, in any form: gardens, gardening" },
  { typed: '"night bus"', finds: "the words in this order" },
  { typed: "bread -sourdough", finds: "bread, but no sourdough" },
  { typed: "gard*", finds: "words that begin so" },
  { typed: "author:mina", finds: "what one member wrote" },
  { typed: "tag:books", finds: "posts with a tag" },
  { typed: "after:2026-01-31", finds: "that day and later" },
  { typed: "before:2026", finds: "before that year, month or day" },
];

/** What can be typed into the field, by examples. */
export function SearchHelp() {
  return (
    <section aria-labelledby="search-help" className="search-help">
      <h2 id="search-help" className="aside-title">
        What you can look for
      </h2>
      <p>Titles, tags and texts of posts, and people by their name or username. Put together as many as you like:</p>
      <dl>
        {examples.map(({ typed, finds }) => (
          <div key={typed}>
            <dt>
              <code>{typed}</code>
            </dt>
            <dd>{finds}</dd>
          </div>
        ))}
      </dl>
      <p>The best match comes first: title before tags before text, the newer and the better liked before the rest.</p>
    </section>
  );
}
