import { getFormProps, getTextareaProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { commentEditForm, commentPath, threadPath } from "#app/comments/comment.ts";
import { editComment, findOwnComment } from "#app/comments/comments.server.ts";
import { pauseOf } from "#app/markdown/markdown.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { spendOrSay } from "#app/middleware/spend-or-say.ts";
import { parsePostId, postPath } from "#app/posts/post.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { GateNotice } from "#app/trust/gate-notice.tsx";
import { initOf, replyRefused } from "#app/trust/refusal-answer.server.ts";
import { findAllowances } from "#app/trust/trust.server.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { FormErrors, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { orUnsent } from "#app/ui/unsent.ts";
import type { Route } from "./+types/edit";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ params, context }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const [comment, allowances] = await Promise.all([
    findOwnComment(viewer, parsePostId(params.commentId) ?? 0),
    findAllowances(viewer),
  ]);
  if (!comment) throw data(null, { status: 404, statusText: "Not Found" });
  const { id, body, version, post } = comment;
  return { id, body, version, post, allowances };
}

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const id = parsePostId(params.commentId) ?? 0;
  if (!(await findOwnComment(viewer, id))) throw data(null, { status: 404, statusText: "Not Found" });
  const form = await readForm(request);
  const submission = parseWithZod(form, { schema: commentEditForm });
  const kept = { lastResult: submission.reply(), newer: null, version: Number(form.get("version")) };
  if (submission.status !== "success") return data(kept, { status: 400 });
  const limited = (await spendOrSay("edit-by-user", viewer.id)) ?? pauseOf(viewer.id);
  if (limited) return data({ ...kept, lastResult: submission.reply({ formErrors: [limited.message] }) }, limited.init);
  const edited = await editComment(viewer, id, submission.value);
  switch (edited.outcome) {
    case "saved":
      return redirect(threadPath(postPath(edited.comment.post), id));
    case "changed-meanwhile": {
      const { body, version } = edited.newer;
      return data({ ...kept, newer: body, version }, { status: 409 });
    }
    case "refused":
      return data({ ...kept, lastResult: replyRefused(submission, edited.refusal) }, initOf(edited.refusal));
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
  return [{ title: `Edit your comment · ${root.loaderData.siteName}` }];
}

export default function Edit({ loaderData, actionData }: Route.ComponentProps) {
  const { id, body, version, post, allowances } = loaderData;
  const answer = actionData && "version" in actionData ? actionData : undefined;
  const [form, fields] = useForm({
    id: `comment-${id}`,
    lastResult: actionData?.lastResult,
    defaultValue: { body },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: commentEditForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...text } = getTextareaProps(fields.body);
  return (
    <PageColumns>
      <h1 className="page-title">Edit your comment</h1>
      <p className="comment-about">
        It is about{" "}
        <Link className="text-link" to={postPath(post)}>
          <bdi>{post.title}</bdi>
        </Link>
        . Readers can see how it read before.
      </p>
      <GateNotice allowances={allowances} of="comment" />
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        {answer?.newer !== undefined && answer.newer !== null && <Newer body={answer.newer} />}
        <input type="hidden" name="version" value={answer?.version || version} />
        <TextField
          key={key}
          label="Your comment"
          {...text}
          className="input comment-input"
          dir="auto"
          autoFocus={fields.body.errors !== undefined}
          errors={fields.body.errors}
        />
        <div className="actions">
          <SubmitButton busyText="Saving">Save changes</SubmitButton>
          <Link className={buttonClass("plain")} to={commentPath(id)}>
            Cancel
          </Link>
          <Link className={buttonClass("quiet")} to={href("/comments/:commentId/delete", { commentId: String(id) })}>
            Delete
          </Link>
        </div>
      </Form>
    </PageColumns>
  );
}

/** What another tab saved meanwhile, beside one's own text, which stays in the form. */
function Newer({ body }: { body: string }) {
  return (
    <div className="form-errors" role="alert" tabIndex={-1} ref={(element) => element?.focus()}>
      <p>
        Someone – you, in another tab – changed this comment meanwhile. Nothing was overwritten. Your text is below;
        saving it again replaces what was saved there:
      </p>
      <textarea className="input comment-input" aria-label="The text there" dir="auto" readOnly defaultValue={body} />
    </div>
  );
}
