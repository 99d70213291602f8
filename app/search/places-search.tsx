import { Form, href } from "react-router";
import { maxQueryLength } from "#app/search/search.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";

/** The way to search in the frame of every page: a field on a desk, an icon on a phone; where one searches already, its name. */
export function PlacesSearch({ here }: { here: boolean }) {
  if (here) {
    return (
      <Link to={href("/search")} className="place places-search" aria-current="page">
        <Icon name="search" />
        <span>Search</span>
      </Link>
    );
  }
  return (
    <>
      <Link to={href("/search")} className="phone-search" aria-label="Search">
        <Icon name="search" />
      </Link>
      <Form method="get" action={href("/search")} role="search" aria-label="The whole site" className="places-search">
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
