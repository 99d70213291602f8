import { parseWithZod } from "@conform-to/zod/v4";
import { data, redirect } from "react-router";
import { commentForm, threadPath } from "#app/comments/comment.ts";
import { CommentForm, CommentPreview } from "#app/comments/comment-form.tsx";
import { addComment, type Refusal } from "#app/comments/comments.server.ts";
import { pauseOf } from "#app/markdown/markdown.server.ts";
import { previewNaming } from "#app/mentions/mentions.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { spendOrSay } from "#app/middleware/spend-or-say.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { findPost } from "#app/posts/posts.server.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { GateNotice } from "#app/trust/gate-notice.tsx";
import { initOf, replyRefused } from "#app/trust/refusal-answer.server.ts";
import { findAllowances } from "#app/trust/trust.server.ts";
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

export async function action({ request, params, context, url }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const [post, allowances] = await Promise.all([
    findPost(parsePostId(params.postId) ?? 0, viewer),
    findAllowances(viewer),
  ]);
  if (post?.status !== "published" || post.removed) throw data(null, { status: 404, statusText: "Not Found" });
  const form = await readForm(request);
  const submission = parseWithZod(form, { schema: commentForm });
  const path = postPath(post);
  const again = { title: post.title, path, postId: post.id, submissionKey: keyIn(form), preview: null, allowances };
  if (submission.status !== "success") return data({ ...again, lastResult: submission.reply() }, { status: 400 });
  const previewing = url.searchParams.has("preview");
  const limited =
    (await spendOrSay(previewing ? "preview-by-user" : "comment-by-user", viewer.id)) ?? pauseOf(viewer.id);
  if (limited) return data({ ...again, lastResult: submission.reply({ formErrors: [limited.message] }) }, limited.init);
  if (previewing) {
    const shown = await previewNaming(submission.value.body, "comment", viewer);
    if ("message" in shown) {
      return data({ ...again, lastResult: submission.reply({ formErrors: [shown.message] }) }, shown.init);
    }
    return data({ ...again, lastResult: submission.reply(), preview: shown.html });
  }
  const answer = await addComment(viewer, post.id, submission.value);
  switch (answer.outcome) {
    case "added":
    case "sent-before":
      return redirect(answer.inSight ? `${path}#comment-${answer.id}` : threadPath(path, answer.id));
    case "form-used": {
      const lastResult = submission.reply({ formErrors: [formUsed] });
      return data({ ...again, submissionKey: crypto.randomUUID(), lastResult }, { status: 409 });
    }
    case "refused-by-gate":
      return data({ ...again, lastResult: replyRefused(submission, answer.refusal) }, initOf(answer.refusal));
    case "refused": {
      const lastResult = submission.reply({ formErrors: [`${whyNot[answer.because]} Your text is below.`] });
      return data({ ...again, lastResult }, { status: 400 });
    }
  }
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
  const { title, path, postId, lastResult, submissionKey, preview, allowances } = actionData;
  const parentId = Number(lastResult.initialValue?.parentId) || undefined;
  return (
    <PageColumns>
      <h1 className="page-title">{preview ? "How your comment will look" : "Your comment was not sent yet"}</h1>
      <p className="comment-about">
        It is about{" "}
        <Link className="text-link" to={`${path}#comments`}>
          <bdi>{title}</bdi>
        </Link>
        {preview ? ", and is not sent yet." : "."}
      </p>
      {preview && <CommentPreview html={preview} />}
      <CommentForm
        notice={<GateNotice allowances={allowances} of="comment" />}
        postId={postId}
        replyTo={parentId ? { id: parentId, name: "the comment" } : undefined}
        submissionKey={submissionKey}
        lastResult={lastResult}
        cancelTo={`${path}#comments`}
      />
    </PageColumns>
  );
}

const formUsed =
  "This form was sent before, with another text. Nothing was lost: your text is below, and the button sends it as a comment of its own.";

/** No more than needed is said to somebody who is unwelcome: not by whom. */
const whyNot: Record<Refusal, string> = {
  "post-gone": "The post was deleted meanwhile.",
  "parent-gone": "The comment that you reply to was deleted meanwhile.",
  locked: "A moderator has locked this post: nobody comments on it any more.",
  full: "This conversation is full.",
  unwelcome: "You cannot comment here.",
};

function keyIn(form: FormData): string | undefined {
  const key = form.get("submissionKey");
  return typeof key === "string" ? key : undefined;
}
