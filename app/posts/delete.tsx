import { data, Form, href, redirect } from "react-router";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { findOwnPost } from "#app/posts/posts.server.ts";
import { deletePost } from "#app/posts/writing.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { userPath } from "#app/users/user.ts";
import type { Route } from "./+types/delete";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ params, context }: Route.LoaderArgs) {
  const post = await findOwnPost(viewerOf(context), parsePostId(params.postId) ?? 0);
  if (!post) throw data(null, { status: 404, statusText: "Not Found" });
  const { id, title, status, commentCount, reactionCount } = post;
  return { id, title, status, commentCount, reactionCount };
}

export async function action({ params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const deleted = await deletePost(viewer, parsePostId(params.postId) ?? 0);
  if (!deleted) throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(deleted.status === "draft" ? href("/drafts") : userPath(viewer.username));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Delete · ${root.loaderData.siteName}` }];
}

export default function Delete({ loaderData: post }: Route.ComponentProps) {
  const isDraft = post.status === "draft";
  const back = isDraft ? href("/p/:postId/edit", { postId: String(post.id) }) : postPath(post);
  return (
    <PageColumns>
      <h1 className="page-title">{isDraft ? "Delete this draft" : "Delete this post"}</h1>
      <div className="form">
        <p className="post-named" dir="auto">
          {post.title || "Untitled draft"}
        </p>
        <p>{isDraft ? "Nobody but you has seen it." : whatGoes(post)} You cannot bring it back.</p>
        <Form method="post" className="actions">
          <SubmitButton kind="danger" busyText="Deleting">
            {isDraft ? "Delete draft" : "Delete post"}
          </SubmitButton>
          <Link className={buttonClass("plain")} to={back}>
            Keep it
          </Link>
        </Form>
      </div>
    </PageColumns>
  );
}

function whatGoes({ commentCount, reactionCount }: { commentCount: number; reactionCount: number }): string {
  const goes = [count(commentCount, "comment"), count(reactionCount, "reaction")].filter(Boolean).join(" and ");
  return `It leaves every list, and its address answers that nothing is there.${goes && ` Its ${goes} go with it.`}`;
}

function count(number: number, word: string): string {
  return number === 0 ? "" : number === 1 ? `1 ${word}` : `${number} ${word}s`;
}
