import { href } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { source, spend } from "#app/middleware/rate-limit.ts";
import { FoundPeople } from "#app/search/found-people.tsx";
import { FoundPosts } from "#app/search/found-posts.tsx";
import { isEmpty, parseQuery } from "#app/search/query.ts";
import { search } from "#app/search/search.server.ts";
import { SearchForm } from "#app/search/search-form.tsx";
import { SearchHelp } from "#app/search/search-help.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/show";

export async function loader({ context, url }: Route.LoaderArgs) {
  const viewer = context.get(viewerContext);
  const query = parseQuery(url.searchParams.get("q") ?? "");
  const onlyPeople = url.searchParams.get("in") === "people";
  const after = url.searchParams.get("after");
  if (!isEmpty(query))
    await spend(viewer ? "search-by-user" : "search-by-source", viewer?.impersonatedBy?.id ?? viewer?.id ?? source());
  const results = await search(query, viewer, { onlyPeople, after });
  return { q: query.text, problems: query.problems, later: after !== null, results };
}

/** There is no end of searches, so that none is kept whole for the next visitor. */
export function headers() {
  return { "Cache-Control": "private, no-cache" };
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  const { q } = loaderData;
  return [
    { title: `${q ? `${q} · Search` : "Search"} · ${root.loaderData.siteName}` },
    { name: "robots", content: "noindex" },
  ];
}

export default function Show({ loaderData: { q, problems, later, results } }: Route.ComponentProps) {
  return (
    <PageColumns aside={results.outcome !== "nothing-asked" && <SearchHelp />}>
      <h1 className="page-title">Search</h1>
      <SearchForm q={q} />
      {problems.length > 0 && (
        <ul className="notice search-problems">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {results.outcome === "nothing-asked" && <SearchHelp />}
      {results.outcome === "too-costly" && <TooCostly />}
      {results.outcome === "posts" && <FoundPosts q={q} results={results} later={later} />}
      {results.outcome === "people" && <FoundPeople q={q} results={results} />}
    </PageColumns>
  );
}

function TooCostly() {
  return (
    <Empty title="This search takes too long at the moment">
      <p>
        Make it easier: use a rarer word, or add an author, a tag or a date. Or{" "}
        <Link className="text-link" to={href("/")}>
          read the latest
        </Link>
        .
      </p>
    </Empty>
  );
}
