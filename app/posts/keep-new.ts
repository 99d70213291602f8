import { data } from "react-router";
import { postOnly } from "#app/middleware/post-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { answerKeeping } from "#app/posts/keep-request.server.ts";
import { hasBecomePost, keepNewText } from "#app/posts/keeping.server.ts";
import { isEmptyText } from "#app/posts/kept-text.ts";
import type { Route } from "./+types/keep-new";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

/** Keeps what is typed into the form of a new post, as one draft however often it is sent. */
export function action({ request, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  return answerKeeping(request, viewer, async (input) => {
    const { submissionKey } = input;
    if (!submissionKey) throw data(null, { status: 400, statusText: "Bad Request" });
    // A draft that is made is a post that is made.
    if (!isEmptyText(input) && !(await hasBecomePost(viewer, submissionKey))) await spend("post-by-user", viewer.id);
    return keepNewText(viewer, submissionKey, input);
  });
}
