import { Form, href } from "react-router";
import { maxQueryLength } from "#app/search/search.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";

/** The way to search in the frame of every page: a field on a desk, an icon on a phone. */
export function PlacesSearch() {
  return (
    <>
      <Link to={href("/search")} className="phone-search" aria-label="Search">
        <Icon name="search" />
      </Link>
      <Form method="get" action={href("/search")} role="search" className="places-search">
        <input
          name="q"
          type="search"
          className="input"
          aria-label="Search posts and people"
          placeholder="Search"
          maxLength={maxQueryLength}
          enterKeyHint="search"
          autoCapitalize="none"
          data-search-field
        />
      </Form>
    </>
  );
}
