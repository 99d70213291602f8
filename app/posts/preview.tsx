import { parseWithZod } from "@conform-to/zod/v4";
import { data, href, redirect } from "react-router";
import type { Viewer } from "#app/auth/viewer.ts";
import { previewNaming } from "#app/mentions/mentions.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readPostForm, replyOf } from "#app/posts/edit-request.server.ts";
import { Editor, type EditorProps } from "#app/posts/editor.tsx";
import { editingOf } from "#app/posts/keeping.server.ts";
import { parsePostId } from "#app/posts/post.ts";
import { emptyPost, previewForm } from "#app/posts/post-form.ts";
import { PostView } from "#app/posts/post-view.tsx";
import { findOwnPost } from "#app/posts/posts.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { findAllowances } from "#app/trust/trust.server.ts";
import type { Route } from "./+types/preview";

/** A preview is asked for with a form; whoever comes by a link has nothing to preview yet. */
const visitsGoToWriting: Route.MiddlewareFunction = ({ request }) => {
  if (request.method !== "POST") throw redirect(href("/new"));
};

/** The editor's script shows the preview in its own page. */
const answerScripts: Route.MiddlewareFunction = async ({ request, context }) => {
  if (!request.headers.get("accept")?.includes("application/json")) return;
  const { composed, lastResult, init } = await compose(request, viewerOf(context));
  return Response.json({ composed, lastResult }, init);
};

export const middleware: Route.MiddlewareFunction[] = [requireViewer, visitsGoToWriting, answerScripts];

/** Shows a post as its page will; nothing is kept. The form comes back below. */
export async function action({ request, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const { form, init, ...composed } = await compose(request, viewer);
  const [editing, allowances] = await Promise.all([postOfForm(form, viewer), findAllowances(viewer)]);
  return data({ ...composed, ...editing, allowances, submissionKey: textOf(form, "submissionKey") }, init);
}

export function headers({ actionHeaders }: Route.HeadersArgs) {
  return actionHeaders;
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Preview · ${root.loaderData.siteName}` }];
}

export default function Preview({ actionData }: Route.ComponentProps) {
  if (!actionData) return null;
  const { composed, ...editor } = actionData;
  return (
    <PageColumns>
      {composed ? <PostView {...composed} /> : <h1 className="page-title">Write</h1>}
      <h2 className="list-title preview-end">
        {composed ? "That is your post. Keep writing, or publish it" : "Your text"}
      </h2>
      <Editor {...editor} />
    </PageColumns>
  );
}

async function compose(request: Request, viewer: Viewer) {
  await spend("preview-by-user", viewer.id);
  const { form, added } = await readPostForm(request, viewer);
  const submission = parseWithZod(form, { schema: previewForm });
  const answer = { form, notice: added, lastResult: replyOf(submission, added) };
  if (submission.status !== "success") return { ...answer, composed: null, init: { status: 400 } };
  const postId = parsePostId(textOf(form, "postId"));
  const shown = await previewNaming(submission.value.body, "post", viewer, postId ? { postId } : undefined);
  if ("message" in shown) {
    const lastResult = submission.reply({ formErrors: [shown.message] });
    return { ...answer, composed: null, lastResult, init: shown.init };
  }
  const composed = { ...submission.value, html: shown.html };
  return { ...answer, composed, init: { status: added?.refused ? 400 : 200 } };
}

/** Which post the form is an edit of, and the state of it that the form knows; a new one for none. */
async function postOfForm(form: FormData, viewer: Viewer): Promise<Pick<EditorProps, "values" | "editing">> {
  const id = parsePostId(textOf(form, "postId"));
  const post = id && (await findOwnPost(viewer, id));
  if (!post) return { values: emptyPost };
  const { values, basis } = editingOf(post);
  const known = {
    version: Number(textOf(form, "version")) || basis.version,
    revision: Number(textOf(form, "revision") ?? basis.revision),
  };
  return { values, editing: { postId: post.id, basis: known, published: post.status === "published" } };
}

function textOf(form: FormData, name: string): string | undefined {
  const value = form.get(name);
  return typeof value === "string" ? value : undefined;
}
