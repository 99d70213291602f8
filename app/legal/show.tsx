import { data } from "react-router";
import { type LegalKind, legalTitles } from "#app/legal/legal.ts";
import { findText } from "#app/legal/legal-texts.server.ts";
import { Prose } from "#app/markdown/prose.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/show";

/** `/about/terms` and `/about/privacy`; `?version=2` shows a former one. */
export async function loader({ url, pattern }: Route.LoaderArgs) {
  const kind: LegalKind = pattern.endsWith("/privacy") ? "privacy" : "terms";
  const wanted = url.searchParams.get("version");
  const text =
    wanted === null || /^[1-9]\d{0,5}$/.test(wanted)
      ? await findText(kind, wanted === null ? null : Number(wanted))
      : null;
  if (!text) throw data(null, { status: 404, statusText: "Not Found" });
  const { bodyHtml, version, publishedAt, versions } = text;
  return { kind, bodyHtml, version, publishedAt, versions };
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  return [{ title: `${loaderData ? legalTitles[loaderData.kind] : "Nothing is here"} · ${root.loaderData.siteName}` }];
}

export default function Show({ loaderData: { kind, bodyHtml, version, publishedAt, versions } }: Route.ComponentProps) {
  const latest = versions[0]?.version ?? version;
  return (
    <PageColumns>
      <h1 className="page-title">{legalTitles[kind]}</h1>
      <p className="muted">{`Version ${version}, of ${fullDate(publishedAt)}`}</p>
      {version < latest && (
        <p className="notice">
          {"A later version holds now. "}
          <Link className="text-link" to={`/about/${kind}`}>
            Read it
          </Link>
        </p>
      )}
      <Prose html={bodyHtml} />
      {versions.length > 1 && (
        <section className="user-section" aria-labelledby="versions">
          <h2 id="versions">All versions</h2>
          <ul className="legal-versions">
            {versions.map((each) => (
              <li key={each.version}>
                <Link className="text-link" to={`/about/${kind}?version=${each.version}`}>
                  {`Version ${each.version}, of ${fullDate(each.publishedAt)}`}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}
    </PageColumns>
  );
}
