import { parseWithZod } from "@conform-to/zod/v4";
import { data, href, redirect } from "react-router";
import { pauseOf } from "#app/markdown/markdown.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { spendOrSay } from "#app/middleware/spend-or-say.ts";
import { readPostForm, replyOf } from "#app/posts/edit-request.server.ts";
import { Editor } from "#app/posts/editor.tsx";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { postForm, type WrittenPost } from "#app/posts/post-form.ts";
import { findOwnPost, type OwnPost } from "#app/posts/posts.server.ts";
import { editPost, pathAfterWriting } from "#app/posts/writing.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { Link } from "#app/ui/link.tsx";
import { orUnsent } from "#app/ui/unsent.ts";
import type { Route } from "./+types/edit";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const post = await findOwnPost(viewerOf(context), parsePostId(params.postId) ?? 0);
  if (!post) throw data(null, { status: 404, statusText: "Not Found" });
  return { post, saved: url.searchParams.has("saved") };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const { form, added } = await readPostForm(request, viewer);
  const submission = parseWithZod(form, { schema: postForm });
  const kept = {
    lastResult: replyOf(submission, added),
    notice: added,
    newer: null,
    version: Number(form.get("version")),
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
      return data({ ...kept, newer: edited.newer, version: edited.newer.version }, { status: 409 });
    case "already-published": {
      const message = "This post is published and stays so. Save the changes, or delete it.";
      return data({ ...kept, lastResult: submission.reply({ fieldErrors: { status: [message] } }) }, { status: 400 });
    }
    case "gone":
      throw data(null, { status: 404, statusText: "Not Found" });
  }
}

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return orUnsent(serverAction);
}

export function headers({ actionHeaders }: Route.HeadersArgs) {
  return actionHeaders;
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Edit · ${root.loaderData.siteName}` }];
}

export default function Edit({ loaderData: { post, saved }, actionData }: Route.ComponentProps) {
  const published = post.status === "published";
  const answer = actionData && "version" in actionData ? actionData : undefined;
  return (
    <PageColumns>
      <h1 className="editor-heading">{published ? "Edit your post" : "Your draft"}</h1>
      <Editor
        key={post.id}
        values={asTyped(post)}
        editing={{ postId: post.id, version: answer?.version || post.version, published }}
        lastResult={actionData?.lastResult}
        notice={answer?.notice}
      >
        {saved && !actionData && (
          <p className="notice" role="status">
            Saved. Only you see it until you publish it.
          </p>
        )}
        {answer?.newer && <Newer post={answer.newer} />}
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

/** What another tab saved meanwhile, beside one's own text, which stays in the form. */
function Newer({ post }: { post: OwnPost }) {
  return (
    <div className="form-errors" role="alert" tabIndex={-1} ref={(element) => element?.focus()}>
      <p>
        Someone – you, in another tab – changed this post meanwhile. Nothing was overwritten. Your text is below; saving
        it again replaces what was saved there:
      </p>
      <details open>
        <summary>What was saved there</summary>
        <p className="newer-title" dir="auto">
          {post.title}
        </p>
        <textarea
          className="input body-input"
          aria-label="The text there"
          dir="auto"
          readOnly
          defaultValue={post.body}
        />
        <p>{[post.tags.join(", "), post.url].filter(Boolean).join(" · ")}</p>
      </details>
    </div>
  );
}

function asTyped({ title, body, tags, url }: OwnPost): WrittenPost {
  return { title, body, tags: tags.join(", "), url: url ?? "" };
}
