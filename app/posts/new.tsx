import { randomUUID } from "node:crypto";
import { parseWithZod } from "@conform-to/zod/v4";
import { data, redirect } from "react-router";
import { pauseOf } from "#app/markdown/markdown.server.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { spendOrSay } from "#app/middleware/spend-or-say.ts";
import { readPostForm, replyOf } from "#app/posts/edit-request.server.ts";
import { Editor } from "#app/posts/editor.tsx";
import { emptyPost, postForm } from "#app/posts/post-form.ts";
import { pathAfterWriting, writePost } from "#app/posts/writing.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { orUnsent } from "#app/ui/unsent.ts";
import type { Route } from "./+types/new";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export function loader() {
  return { submissionKey: randomUUID() };
}

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const { form, added } = await readPostForm(request, viewer);
  const submission = parseWithZod(form, { schema: postForm });
  const kept = { lastResult: replyOf(submission, added), notice: added, submissionKey: keyOf(form) };
  if (added) return data(kept, { status: added.refused ? 400 : 200 });
  if (submission.status !== "success") return data(kept, { status: 400 });
  const limited = (await spendOrSay("post-by-user", viewer.id)) ?? pauseOf(viewer.id);
  if (limited) return data({ ...kept, lastResult: submission.reply({ formErrors: [limited.message] }) }, limited.init);
  const written = await writePost(viewer, submission.value);
  if (written.outcome !== "form-used") return redirect(pathAfterWriting(written.post));
  const message =
    "You have sent this form before, with another text. That text is kept. Press the button again to make a second post of this one.";
  return data(
    { ...kept, lastResult: submission.reply({ formErrors: [message] }), submissionKey: randomUUID() },
    { status: 409 },
  );
}

export function clientAction({ serverAction }: Route.ClientActionArgs) {
  return orUnsent(serverAction);
}

export function headers({ actionHeaders }: Route.HeadersArgs) {
  return actionHeaders;
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Write · ${root.loaderData.siteName}` }];
}

export default function New({ loaderData, actionData }: Route.ComponentProps) {
  const answer = actionData && "submissionKey" in actionData ? actionData : undefined;
  return (
    <PageColumns>
      <h1 className="editor-heading">Write</h1>
      <Editor
        values={emptyPost}
        submissionKey={answer?.submissionKey ?? loaderData.submissionKey}
        lastResult={actionData?.lastResult}
        notice={answer?.notice}
      />
    </PageColumns>
  );
}

function keyOf(form: FormData): string | undefined {
  const key = form.get("submissionKey");
  return typeof key === "string" ? key : undefined;
}
