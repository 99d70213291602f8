import { Form, href } from "react-router";
import { commentPath } from "#app/comments/comment.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { commentActPath, postActPath } from "#app/moderation/act-addresses.ts";
import { ModerationTabs } from "#app/moderation/moderation-tabs.tsx";
import { postPath } from "#app/posts/post.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { heldIdPattern, listHeld } from "#app/trust/held.server.ts";
import type { HeldThing } from "#app/trust/held-thing.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { Byline } from "#app/users/byline.tsx";
import type { Route } from "./+types/held";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export function loader({ url }: Route.LoaderArgs) {
  return listHeld(parseCursor(url.searchParams.get("after"), heldIdPattern));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Waiting for a look · ${root.loaderData.siteName}` }];
}

export default function Held({ loaderData: { things, next } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <ModerationTabs />
      <h1 className="page-title">Waiting for a look</h1>
      <p className="held-about muted">
        The first posts and comments of accounts wait here, the longest first. “Approve” publishes at once, as of now;
        “Remove” asks you why first. Who wrote it is told of either, and whoever is answered or named in it of what you
        approve. How many wait, is set under{" "}
        <Link className="text-link" to={href("/about/trust")}>
          what accounts may
        </Link>
        .
      </p>
      {things.length === 0 ? (
        <Empty title="Nothing waits">
          <p>Everything that was published has been looked at, or did not have to wait.</p>
        </Empty>
      ) : (
        <ol className="held-list">
          {things.map((thing) => (
            <Waiting key={thing.kind + thing.id} thing={thing} />
          ))}
        </ol>
      )}
      {next && <NextPage href={`${href("/moderation/held")}?after=${next}`} label="What waits less long" />}
    </PageColumns>
  );
}

function Waiting({ thing }: { thing: HeldThing }) {
  const { kind, id, title, words, author, heldAt } = thing;
  const isPost = kind === "p";
  const path = isPost ? postPath({ id, title }) : commentPath(id);
  const approval = isPost ? postActPath("approve-post", id) : commentActPath("approve-comment", id);
  const removal = isPost ? postActPath("remove-post", id) : commentActPath("remove-comment", id);
  const of = isPost ? `the post by ${author.name}` : `the comment by ${author.name}`;
  return (
    <li>
      <Byline author={author} at={heldAt} />
      <h2 dir="auto">
        <Link to={path}>{isPost ? title : `Comment under “${title}”`}</Link>
      </h2>
      <p className="excerpt" dir="auto">
        {words}
      </p>
      <Form method="post" action={`${approval}?held`} className="actions">
        <input type="hidden" name="reason" value="A moderator looked at it." />
        <Link className={buttonClass("quiet")} to={`${removal}?held`}>
          Remove<span className="sr-only"> {of}</span>
        </Link>
        <SubmitButton kind="plain" busyText="Approving">
          Approve
        </SubmitButton>
      </Form>
    </li>
  );
}
