import { parseWithZod } from "@conform-to/zod/v4";
import { data, redirect } from "react-router";
import { commentForm, commentLimits } from "#app/comments/comment.ts";
import { CommentForm } from "#app/comments/comment-form.tsx";
import { addComment } from "#app/comments/comments.server.ts";
import { pauseOf } from "#app/markdown/markdown.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { spendOrSay } from "#app/middleware/spend-or-say.ts";
import { isBlockedFrom } from "#app/mutes/mutes.server.ts";
import { parsePostId, postPath, type ShownPost } from "#app/posts/post.ts";
import { findPost } from "#app/posts/posts.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Link } from "#app/ui/link.tsx";
import { orUnsent } from "#app/ui/unsent.ts";
import type { Route } from "./+types/new";

/** Comments are read under their post; what a failed comment answers is this page's own. */
const visitsGoToThePost: Route.MiddlewareFunction = ({ request, params }) => {
  const id = parsePostId(params.postId);
  if (!id) throw data(null, { status: 404, statusText: "Not Found" });
  if (request.method !== "POST") throw redirect(`/p/${id}#comments`);
};

export const middleware: Route.MiddlewareFunction[] = [requireViewer, visitsGoToThePost];

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const post = await findPost(parsePostId(params.postId) ?? 0, viewer);
  if (post?.status !== "published" || post.removed) throw data(null, { status: 404, statusText: "Not Found" });
  const submission = parseWithZod(await readForm(request), { schema: commentForm });
  const again = { title: post.title, path: postPath(post), postId: post.id };
  if (submission.status !== "success") return data({ ...again, lastResult: submission.reply() }, { status: 400 });
  const limited = (await spendOrSay("comment-by-user", viewer.id)) ?? pauseOf(viewer.id);
  if (limited) return data({ ...again, lastResult: submission.reply({ formErrors: [limited.message] }) }, limited.init);
  const id = await addComment(viewer, post.id, submission.value);
  if (id === null) {
    const blocked = await isBlockedFrom(viewer, post.id, submission.value.parentId);
    const lastResult = submission.reply({ formErrors: [whyNot(post, blocked)] });
    return data({ ...again, lastResult }, { status: 400 });
  }
  return redirect(`${postPath(post)}#comment-${id}`);
}

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return orUnsent(serverAction);
}

export function headers({ actionHeaders }: Route.HeadersArgs) {
  return actionHeaders;
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Comment · ${root.loaderData.siteName}` }];
}

export default function New({ actionData }: Route.ComponentProps) {
  if (!actionData || !("path" in actionData)) return null;
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

function whyNot({ commentCount }: ShownPost, blocked: boolean): string {
  if (blocked)
    return "Whom you answer takes no answers from you. Your text is below, so that you can use it elsewhere.";
  return commentCount >= commentLimits.perPost
    ? "This conversation is full. Your text is below, so that you can use it elsewhere."
    : "The comment that you reply to was deleted meanwhile. Your text is below.";
}
