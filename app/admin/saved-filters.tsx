import { Form, href } from "react-router";
import type { SavedFilterLine } from "#app/admin/filters.server.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Field } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";

const said: Record<string, string> = {
  saved: "The search is kept.",
  full: "You keep as many searches as there may be. Remove one first.",
  removed: "The search is removed.",
};

/** The viewer's own searches of the list, and the way to keep this one. */
export function SavedFilters({
  filters,
  query,
  outcome,
}: {
  filters: SavedFilterLine[];
  /** of this search */
  query: string;
  outcome: string | null;
}) {
  return (
    <>
      {outcome && said[outcome] && (
        <p className="notice" role="status">
          {said[outcome]}
        </p>
      )}
      {filters.length > 0 && (
        <nav aria-label="Your searches" className="saved-filters">
          <ul>
            {filters.map(({ id, name, query: kept }) => (
              <li key={id}>
                <Link
                  className="text-link"
                  to={`${href("/admin/users")}${kept && "?"}${kept}`}
                  aria-current={kept === query ? "true" : undefined}
                >
                  {name}
                </Link>
                <Form method="post" action={href("/admin/filters/:filterId/removal", { filterId: id })}>
                  <button type="submit" className="text-link link-button" aria-label={`Remove the search ${name}`}>
                    Remove
                  </button>
                </Form>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {query && (
        <Form method="post" action={href("/admin/filters")} className="span-form" key={query}>
          <input type="hidden" name="query" value={query} />
          <Field id="filter-name" name="name" label="Keep this search as" maxLength={60} required />
          <button type="submit" className={buttonClass("plain")}>
            Keep it
          </button>
        </Form>
      )}
    </>
  );
}
