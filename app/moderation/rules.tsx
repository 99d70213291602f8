import { href } from "react-router";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/rules";

export async function loader() {
  return { rules: (await findSiteSetting("rules")).list };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [
    { title: `Rules · ${root.loaderData.siteName}` },
    { name: "description", content: "What is asked of everybody here" },
  ];
}

export default function Rules({ loaderData: { rules } }: Route.ComponentProps) {
  const { viewer } = useRootData();
  return (
    <PageColumns>
      <h1 className="page-title">Rules</h1>
      <div className="prose-page">
        <p>
          What is asked of everybody here. Whoever removes a text or acts against somebody names the rule that was
          broken, and the person reads it.
        </p>
        <ol>
          {rules.map(({ key, title, text }) => (
            <li key={key} id={key}>
              <strong dir="auto">{title}</strong>
              {text && <p dir="auto">{text}</p>}
            </li>
          ))}
        </ol>
        <p>
          New accounts may a little less at first:{" "}
          <Link className="text-link" to={href("/about/trust")}>
            what accounts may
          </Link>
          .
        </p>
        {viewer?.role === "admin" && (
          <p>
            <Link className="text-link" to={href("/admin/settings/rules")}>
              Change the rules
            </Link>
          </p>
        )}
      </div>
    </PageColumns>
  );
}
