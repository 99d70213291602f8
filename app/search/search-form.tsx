import { Form, href } from "react-router";
import { maxQueryLength } from "#app/search/search.ts";
import { Icon } from "#app/ui/icon.tsx";

/** The field of the search page; what was searched for stays in it. */
export function SearchForm({ q }: { q: string }) {
  return (
    <Form method="get" action={href("/search")} role="search" className="search-form">
      <label className="sr-only" htmlFor="q">
        Search posts and people
      </label>
      <input
        // Another search puts its own words in.
        key={q}
        id="q"
        name="q"
        type="search"
        className="input"
        defaultValue={q}
        maxLength={maxQueryLength}
        placeholder="Posts and people"
        enterKeyHint="search"
        autoCapitalize="none"
        data-search-field
      />
      <button type="submit" className="button primary">
        <Icon name="search" />
        Search
      </button>
    </Form>
  );
}
