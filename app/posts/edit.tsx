import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { pauseOf } from "#app/markdown/markdown.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { spendOrSay } from "#app/middleware/spend-or-say.ts";
import { readPostForm, replyOf } from "#app/posts/edit-request.server.ts";
import { Editor } from "#app/posts/editor.tsx";
import { editingOf } from "#app/posts/keeping.server.ts";
import { takenByAction } from "#app/posts/open-keepers.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { postForm } from "#app/posts/post-form.ts";
import { findOwnPost } from "#app/posts/posts.server.ts";
import { useFormKey } from "#app/posts/use-form-key.ts";
import { editPost, pathAfterWriting } from "#app/posts/writing.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { initOf, replyRefused } from "#app/trust/refusal-answer.server.ts";
import { findAllowances } from "#app/trust/trust.server.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import { orUnsent } from "#app/ui/unsent.ts";
import type { Route } from "./+types/edit";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const [post, allowances] = await Promise.all([
    findOwnPost(viewer, parsePostId(params.postId) ?? 0),
    findAllowances(viewer),
  ]);
  if (!post) throw data(null, { status: 404, statusText: "Not Found" });
  const { id, title, status } = post;
  return { post: { id, title, status }, ...editingOf(post), allowances, saved: url.searchParams.has("saved") };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const { form, added } = await readPostForm(request, viewer);
  const submission = parseWithZod(form, { schema: postForm });
  const kept = {
    lastResult: replyOf(submission, added),
    notice: added,
    newer: null,
    basis: { version: Number(form.get("version")), revision: Number(form.get("revision")) },
  };
  if (added) return data(kept, { status: added.refused ? 400 : 200 });
  if (submission.status !== "success") return data(kept, { status: 400 });
  const limited = (await spendOrSay("edit-by-user", viewer.id)) ?? pauseOf(viewer.id);
  if (limited) return data({ ...kept, lastResult: submission.reply({ formErrors: [limited.message] }) }, limited.init);
  const edited = await editPost(viewer, parsePostId(params.postId) ?? 0, submission.value);
  switch (edited.outcome) {
    case "saved":
      return redirect(pathAfterWriting(edited.post));
    case "changed-meanwhile":
      return data({ ...kept, newer: edited.newer, basis: edited.newer.basis }, { status: 409 });
    case "already-published": {
      const message = "This post is published and stays so. Save the changes, or delete it.";
      return data({ ...kept, lastResult: submission.reply({ fieldErrors: { status: [message] } }) }, { status: 400 });
    }
    case "refused":
      return data({ ...kept, lastResult: replyRefused(submission, edited.refusal) }, initOf(edited.refusal));
    case "gone":
      throw data(null, { status: 404, statusText: "Not Found" });
  }
}

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return orUnsent(() => takenByAction(serverAction));
}

export function headers({ actionHeaders }: Route.HeadersArgs) {
  return actionHeaders;
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Edit · ${root.loaderData.siteName}` }];
}

export default function Edit({ loaderData, actionData }: Route.ComponentProps) {
  const { post, values, basis, unsavedSince, newer, saved, allowances } = loaderData;
  const published = post.status === "published";
  const answer = actionData && "basis" in actionData ? actionData : undefined;
  const formKey = useFormKey(actionData !== undefined);
  return (
    <PageColumns>
      <h1 className="editor-heading">{published ? "Edit your post" : "Your draft"}</h1>
      {unsavedSince && !actionData && (
        <UnsavedChanges postId={post.id} revision={basis.revision} since={unsavedSince} />
      )}
      <Editor
        key={`${post.id} ${formKey}`}
        values={values}
        allowances={allowances}
        editing={{ postId: post.id, basis: answer?.basis.version ? answer.basis : basis, published }}
        lastResult={actionData?.lastResult}
        notice={answer?.notice}
        newer={answer ? answer.newer : newer}
      >
        {saved && !actionData && (
          <p className="notice" role="status">
            Saved. Only you see it until you publish it.
          </p>
        )}
      </Editor>
      <p className="editor-more">
        {published && (
          <Link className="text-link" to={postPath(post)}>
            Back to the post
          </Link>
        )}
        <Link className="text-link" to={href("/p/:postId/delete", { postId: String(post.id) })}>
          {published ? "Delete this post" : "Delete this draft"}
        </Link>
      </p>
    </PageColumns>
  );
}

/** That the form holds more than readers see, and the way back to what they see. */
function UnsavedChanges({ postId, revision, since }: { postId: number; revision: number; since: string }) {
  return (
    <Form
      method="post"
      action={href("/p/:postId/draft/delete", { postId: String(postId) })}
      className="notice unsaved-changes"
    >
      <p>
        You have unsaved changes from <TimeAgo at={since} />. Readers do not see them yet.
      </p>
      <input type="hidden" name="revision" value={revision} />
      <SubmitButton kind="plain" busyText="Discarding">
        Discard changes
      </SubmitButton>
    </Form>
  );
}
