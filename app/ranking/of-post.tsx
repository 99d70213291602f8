import { data, href } from "react-router";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { explainRanking } from "#app/ranking/explanation.server.ts";
import { ScoreTable } from "#app/ranking/score-table.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/of-post";

export async function loader({ params }: Route.LoaderArgs) {
  const id = parsePostId(params.postId) ?? 0;
  const explanation = await explainRanking(id);
  if (!explanation) throw data(null, { status: 404, statusText: "Not Found" });
  return { id, ...explanation };
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  return [
    { title: `Why “${loaderData.title}” is where it is · ${root.loaderData.siteName}` },
    { name: "robots", content: "noindex" },
  ];
}

export default function OfPost({ loaderData: post }: Route.ComponentProps) {
  const { position, asOf } = post;
  return (
    <PageColumns>
      <h1 className="page-title">Why is this here?</h1>
      <p className="why-post" dir="auto">
        <Link className="text-link" to={postPath(post)}>
          {post.title}
        </Link>
      </p>
      <p className="why-place">
        {position === null ? (
          <>
            It is not in the present order of Hot: either it is too new to be counted yet, or a thousand posts stand
            before it. This is what would count now:
          </>
        ) : (
          <>
            It stands at place {position.toLocaleString("en")} of Hot, as it was counted at{" "}
            <time dateTime={asOf}>{asOf.slice(11, 16)} UTC</time>:
          </>
        )}
      </p>
      <ScoreTable facts={post.facts} numbers={post.numbers} />
      <p className="why-more">
        <Link className="text-link" to={href("/about/ranking")}>
          How Hot is ranked
        </Link>
      </p>
    </PageColumns>
  );
}
