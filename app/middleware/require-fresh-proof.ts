import { href, type MiddlewareFunction, redirect } from "react-router";
import { isFresh } from "#app/auth/fresh-proof/fresh-proof.ts";
import { keepForm } from "#app/auth/fresh-proof/kept-forms.server.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";

/**
 * Stands before sensitive acts, after requireViewer: whoever proved who they are more than ten minutes ago is asked
 * to do it again, and then goes on with what they were doing. A form that they had sent is kept and offered again.
 */
export const requireFreshProof: MiddlewareFunction<Response> = async ({ request, context, url }) => {
  const viewer = viewerOf(context);
  if (isFresh(viewer)) return;
  const back = url.pathname + url.search;
  const headers = new Headers();
  if (request.method === "POST") headers.set("Set-Cookie", await keepForm(viewer, back, request));
  throw redirect(`${href("/confirm")}?redirectTo=${encodeURIComponent(back)}`, { headers });
};
