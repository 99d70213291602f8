import { data, Form, redirect } from "react-router";
import { commentPath } from "#app/comments/comment.ts";
import { deleteComment, findOwnComment } from "#app/comments/comments.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/delete";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ params, context }: Route.LoaderArgs) {
  const comment = await findOwnComment(viewerOf(context), parsePostId(params.commentId) ?? 0);
  if (!comment) throw data(null, { status: 404, statusText: "Not Found" });
  const { id, body, _count } = comment;
  return { id, body, replies: _count.replies };
}

export async function action({ params, context }: Route.ActionArgs) {
  const post = await deleteComment(viewerOf(context), parsePostId(params.commentId) ?? 0);
  if (!post) throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(`${postPath(post)}#comments`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Delete your comment · ${root.loaderData.siteName}` }];
}

export default function Delete({ loaderData: { id, body, replies } }: Route.ComponentProps) {
  return (
    <PageColumns>
      <h1 className="page-title">Delete your comment</h1>
      <div className="form">
        <blockquote className="comment-named" dir="auto">
          {body.length > 280 ? `${body.slice(0, 279)}…` : body}
        </blockquote>
        <p>
          {replies === 0
            ? "It disappears, with how it read before."
            : `Its text disappears, with how it read before. “This comment was deleted” stays in its place, because of the ${replies === 1 ? "reply" : "replies"} to it.`}{" "}
          You cannot bring it back.
        </p>
        <Form method="post" className="actions">
          <SubmitButton kind="danger" busyText="Deleting">
            Delete comment
          </SubmitButton>
          <Link className={buttonClass("plain")} to={commentPath(id)}>
            Keep it
          </Link>
        </Form>
      </div>
    </PageColumns>
  );
}
