import { randomUUID } from "node:crypto";
import { parseWithZod } from "@conform-to/zod/v4";
import { useState } from "react";
import { data, redirect } from "react-router";
import { pauseOf } from "#app/markdown/markdown.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { spendOrSay } from "#app/middleware/spend-or-say.ts";
import { readPostForm, replyOf } from "#app/posts/edit-request.server.ts";
import { Editor } from "#app/posts/editor.tsx";
import { takenByAction } from "#app/posts/open-keepers.ts";
import { emptyPost, postForm } from "#app/posts/post-form.ts";
import { useFormKey } from "#app/posts/use-form-key.ts";
import { editPost, findDraftOfForm, pathAfterWriting, writePost } from "#app/posts/writing.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { initOf, replyRefused } from "#app/trust/refusal-answer.server.ts";
import { findAllowances } from "#app/trust/trust.server.ts";
import { orUnsent } from "#app/ui/unsent.ts";
import type { Route } from "./+types/new";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context }: Route.LoaderArgs) {
  return { submissionKey: randomUUID(), allowances: await findAllowances(viewerOf(context)) };
}

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const { form, added } = await readPostForm(request, viewer);
  const submission = parseWithZod(form, { schema: postForm });
  const kept = { lastResult: replyOf(submission, added), notice: added, submissionKey: keyOf(form), newer: null };
  if (added) return data(kept, { status: added.refused ? 400 : 200 });
  if (submission.status !== "success") return data(kept, { status: 400 });
  // The form may have kept itself as a draft: then that draft becomes the post.
  const { version, submissionKey } = submission.value;
  const draft = version && submissionKey ? await findDraftOfForm(viewer, submissionKey) : null;
  const limited = (await spendOrSay(draft ? "edit-by-user" : "post-by-user", viewer.id)) ?? pauseOf(viewer.id);
  if (limited) return data({ ...kept, lastResult: submission.reply({ formErrors: [limited.message] }) }, limited.init);
  const written = draft
    ? await editPost(viewer, draft.id, submission.value)
    : await writePost(viewer, submission.value);
  switch (written.outcome) {
    case "written":
    case "sent-before":
    case "saved":
      return redirect(pathAfterWriting(written.post));
    case "changed-meanwhile":
      return data({ ...kept, newer: written.newer }, { status: 409 });
    case "refused":
      return data({ ...kept, lastResult: replyRefused(submission, written.refusal) }, initOf(written.refusal));
    default: {
      const message =
        "You have sent this form before, with another text. That text is kept. Press the button again to make a second post of this one.";
      const again = { lastResult: submission.reply({ formErrors: [message] }), submissionKey: randomUUID() };
      return data({ ...kept, ...again }, { status: 409 });
    }
  }
}

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return orUnsent(() => takenByAction(serverAction));
}

export function headers({ actionHeaders }: Route.HeadersArgs) {
  return actionHeaders;
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Write · ${root.loaderData.siteName}` }];
}

export default function New({ loaderData, actionData }: Route.ComponentProps) {
  const answer = actionData && "submissionKey" in actionData ? actionData : undefined;
  const formKey = useFormKey(actionData !== undefined);
  // The data may be asked for again while a form is being written: its key stays.
  const [first, setFirst] = useState({ formKey, submissionKey: loaderData.submissionKey });
  if (first.formKey !== formKey) setFirst({ formKey, submissionKey: loaderData.submissionKey });
  const submissionKey = answer?.submissionKey ?? first.submissionKey;
  return (
    <PageColumns>
      <h1 className="editor-heading">Write</h1>
      <Editor
        key={`${formKey} ${submissionKey}`}
        values={emptyPost}
        allowances={loaderData.allowances}
        submissionKey={submissionKey}
        lastResult={actionData?.lastResult}
        notice={answer?.notice}
        newer={answer?.newer}
      />
    </PageColumns>
  );
}

function keyOf(form: FormData): string | undefined {
  const key = form.get("submissionKey");
  return typeof key === "string" ? key : undefined;
}
