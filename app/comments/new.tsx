import { parseWithZod } from "@conform-to/zod/v4";
import { data, redirect } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { commentForm, commentLimits } from "#app/comments/comment.ts";
import { CommentForm } from "#app/comments/comment-form.tsx";
import { addComment } from "#app/comments/comments.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { parsePostId, postPath, type ShownPost } from "#app/posts/post.ts";
import { findPost } from "#app/posts/posts.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/new";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

/** Comments are read under their post; what a failed comment answers is this page's own. */
export async function loader({ params, context }: Route.LoaderArgs) {
  const post = await findPost(parsePostId(params.postId) ?? 0, context.get(viewerContext));
  if (post?.status !== "published" || post.removed) throw data(null, { status: 404, statusText: "Not Found" });
  return redirect(`${postPath(post)}#comments`);
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const post = await findPost(parsePostId(params.postId) ?? 0, viewer);
  if (post?.status !== "published" || post.removed) throw data(null, { status: 404, statusText: "Not Found" });
  const submission = parseWithZod(await readForm(request), { schema: commentForm });
  const again = { title: post.title, path: postPath(post), postId: post.id };
  if (submission.status !== "success") return data({ ...again, lastResult: submission.reply() }, { status: 400 });
  await spend("comment-by-user", viewer.id);
  const id = await addComment(viewer, post.id, submission.value);
  if (id === null) {
    const lastResult = submission.reply({ formErrors: [whyNot(post)] });
    return data({ ...again, lastResult }, { status: 400 });
  }
  return redirect(`${postPath(post)}#comment-${id}`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Comment · ${root.loaderData.siteName}` }];
}

export default function New({ actionData }: Route.ComponentProps) {
  if (!actionData) return null;
  const { title, path, postId, lastResult } = actionData;
  const parentId = Number(lastResult.initialValue?.parentId) || undefined;
  return (
    <PageColumns>
      <h1 className="page-title">Your comment was not sent yet</h1>
      <p className="comment-about">
        It is about{" "}
        <Link className="text-link" to={`${path}#comments`}>
          <bdi>{title}</bdi>
        </Link>
        .
      </p>
      <CommentForm
        postId={postId}
        replyTo={parentId ? { id: parentId, name: "the comment" } : undefined}
        lastResult={lastResult}
        cancelTo={`${path}#comments`}
      />
    </PageColumns>
  );
}

function whyNot({ commentCount }: ShownPost): string {
  return commentCount >= commentLimits.perPost
    ? "This conversation is full. Your text is below, so that you can use it elsewhere."
    : "The comment that you reply to was taken away meanwhile. Your text is below.";
}
