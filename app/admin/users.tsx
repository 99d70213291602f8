import { useEffect, useRef } from "react";
import { Form, href } from "react-router";
import { bulkKinds } from "#app/admin/bulk/people.ts";
import { listFilters } from "#app/admin/filters.server.ts";
import { recordListing } from "#app/admin/looks.server.ts";
import { SavedFilters } from "#app/admin/saved-filters.tsx";
import { parseUserSearch, queryOf, searchParamsOf, sorts, type UserSearch } from "#app/admin/user-search.ts";
import { UserTable } from "#app/admin/user-table.tsx";
import { listUsers } from "#app/admin/users.server.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { actWords } from "#app/moderation/moderation.ts";
import { ModerationTabs } from "#app/moderation/moderation-tabs.tsx";
import { seesEmails } from "#app/moderation/policy.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Field, SelectField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { roles } from "#app/users/user.ts";
import type { Route } from "./+types/users";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ request, context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const search = parseUserSearch(url.searchParams);
  const page = await listUsers(viewer, search, url.searchParams.get("after"));
  if (seesEmails(viewer)) await recordListing(viewer, factsOf(request));
  return {
    filters: await listFilters(viewer),
    query: queryOf(search).toString(),
    outcome: url.searchParams.get("filter"),
    page,
    search,
    withEmails: seesEmails(viewer),
  };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `People · ${root.loaderData.siteName}` }];
}

export default function Users({
  loaderData: { page, search, withEmails, filters, query, outcome },
}: Route.ComponentProps) {
  const path = href("/admin/users");
  return (
    <PageColumns wide>
      <ModerationTabs />
      <h1 className="page-title">People</h1>
      <Search search={search} withEmails={withEmails} />
      <SavedFilters filters={filters} query={query} outcome={outcome} />
      {page.users.length > 0 ? (
        <>
          <Form method="get" action={href("/admin/bulk/people")} id="chosen" className="chosen-people">
            <span className="muted">With those whom you choose:</span>
            {bulkKinds.map((kind) => (
              <button key={kind} type="submit" name="kind" value={kind} className={buttonClass("plain")}>
                {actWords[kind].button}
              </button>
            ))}
            {withEmails && (
              <a className="text-link" href={`${href("/admin/users.csv")}${query && "?"}${query}`} download>
                Everybody found, as a file (CSV)
              </a>
            )}
          </Form>
          <UserTable users={page.users} withEmails={withEmails} />
          <NextPage
            href={page.next && `${path}?${searchParamsOf(search, page.next)}`}
            label="More people"
            end="That is everybody."
          />
        </>
      ) : (
        <Empty title="Nobody fits that search">
          <p>Try fewer words or another filter.</p>
          <Link className={buttonClass("plain")} to={path}>
            Show everybody
          </Link>
        </Empty>
      )}
    </PageColumns>
  );
}

function Search({ search, withEmails }: { search: UserSearch; withEmails: boolean }) {
  const form = useRef<HTMLFormElement>(null);
  // Going back and forth changes the search without loading the form anew.
  useEffect(() => {
    for (const [name, value] of Object.entries(search)) {
      const field = form.current?.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value ?? "";
    }
  }, [search]);
  return (
    <Form ref={form} method="get" action={href("/admin/users")} role="search" className="user-search">
      <Field
        id="q"
        name="q"
        type="search"
        label={withEmails ? "Username, name or e-mail" : "Username or name"}
        defaultValue={search.q}
        autoComplete="off"
        spellCheck={false}
      />
      <SelectField id="role" name="role" label="Role" defaultValue={search.role ?? ""}>
        <option value="">Any role</option>
        {roles.map((role) => (
          <option key={role} value={role}>
            {role}
          </option>
        ))}
      </SelectField>
      <SelectField id="status" name="status" label="Status" defaultValue={search.status ?? ""}>
        <option value="">Any status</option>
        <option value="active">active</option>
        <option value="banned">banned</option>
      </SelectField>
      <SelectField id="sort" name="sort" label="Order" defaultValue={search.sort}>
        {Object.entries(sorts).map(([sort, label]) => (
          <option key={sort} value={sort}>
            {label}
          </option>
        ))}
      </SelectField>
      <button type="submit" className={buttonClass("primary")}>
        Search
      </button>
    </Form>
  );
}
