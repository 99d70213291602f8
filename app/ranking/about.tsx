import { href } from "react-router";
import { FormulaText } from "#app/ranking/formula-text.tsx";
import { consideredPosts, rankedPosts } from "#app/ranking/ranking.ts";
import { ScoreTable } from "#app/ranking/score-table.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/about";

export async function loader() {
  return { numbers: await findSiteSetting("ranking") };
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [
    { title: `How Hot is ranked · ${root.loaderData.siteName}` },
    { name: "description", content: "The formula behind Hot, with its present numbers" },
  ];
}

export default function About({ loaderData: { numbers } }: Route.ComponentProps) {
  const { viewer } = useRootData();
  const hours = numbers.hoursPerPoint;
  return (
    <PageColumns>
      <h1 className="page-title">How Hot is ranked</h1>
      <div className="prose-page">
        <p>
          Every post has a score, and{" "}
          <Link className="text-link" to={href("/hot")}>
            Hot
          </Link>{" "}
          shows the posts with the highest one first. The score is one sum. Nothing else counts: not who wrote a post,
          not who reads, not how long anyone looked at it.
        </p>
        <FormulaText numbers={numbers} />
        <h2>What the terms mean</h2>
        <ul>
          <li>
            <strong>Likes</strong> are the people who like the post. ln is the natural logarithm: the first few count
            much, and to gain as much again a post needs almost three times as many.
          </li>
          <li>
            <strong>People who comment</strong> are counted once each, however much they write, and the author is not
            counted. A long quarrel of two is two.
          </li>
          <li>
            <strong>Age</strong> takes a point every {hours.toLocaleString("en")} {hours === 1 ? "hour" : "hours"}. All
            posts sink alike, so that time alone never puts one before another.
          </li>
        </ul>
        <h2>An example</h2>
        <p>A post of yesterday with 20 likes, under which six people talk:</p>
        <ScoreTable facts={{ reactions: 20, commenters: 6, ageHours: 24 }} numbers={numbers} />
        <h2>When it changes</h2>
        <p>
          The order is worked out anew every minute. Whoever is reading an older one goes on in that one, for up to a
          day: from page to page you miss nothing and meet nothing twice. Posts by people whom you mute are left out for
          you.
        </p>
        <p>
          Hot holds the first {rankedPosts.toLocaleString("en")} posts of that order, out of the newest{" "}
          {consideredPosts.toLocaleString("en")}.
        </p>
        <p>
          Under each post on Hot, “Why is this here?” shows its own sum. The people who run this site may change the
          numbers; this page shows the present ones.
        </p>
        {viewer?.role === "admin" && (
          <p>
            <Link className="text-link" to={href("/admin/settings/ranking")}>
              Change the numbers
            </Link>
          </p>
        )}
      </div>
    </PageColumns>
  );
}
