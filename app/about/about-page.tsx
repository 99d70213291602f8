import { href } from "react-router";
import { findSiteFacts } from "#app/about/site-facts.server.ts";
import { legalTitles } from "#app/legal/legal.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/about-page";

/** What the site says of its own working. */
const pages = [
  { to: href("/about/rules"), words: "The rules" },
  { to: href("/about/trust"), words: "What accounts may" },
  { to: href("/moderation/log"), words: "What moderators decide" },
  { to: href("/about/ranking"), words: "How Hot is ranked" },
];

export async function loader() {
  return { facts: await findSiteFacts() };
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  const description = loaderData?.facts.description;
  return [
    { title: `About ${root.loaderData.siteName}` },
    ...(description ? [{ name: "description", content: description }] : []),
  ];
}

export default function About({ loaderData: { facts } }: Route.ComponentProps) {
  const { siteName } = useRootData();
  const { description, contact, texts } = facts;
  return (
    <PageColumns>
      <h1 className="page-title">{`About ${siteName}`}</h1>
      <div className="prose-page">
        <p dir="auto">{description || "A place to walk, read and talk in. Everything here was written by a member."}</p>
        {contact && (
          <p>
            {"The people who run it are reached at "}
            <a className="text-link" href={`mailto:${contact}`}>
              {contact}
            </a>
            .
          </p>
        )}
        <h2>How it works</h2>
        <ul>
          {texts.map(({ kind, version, publishedAt }) => (
            <li key={kind}>
              <Link className="text-link" to={`/about/${kind}`}>
                {legalTitles[kind]}
              </Link>
              {`, version ${version} of ${fullDate(publishedAt)}`}
            </li>
          ))}
          {pages.map(({ to, words }) => (
            <li key={to}>
              <Link className="text-link" to={to}>
                {words}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </PageColumns>
  );
}
