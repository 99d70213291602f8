import { data } from "react-router";
import { findFollowee, setFollow } from "#app/follows/follows.server.ts";
import { answerFollow, readFollow } from "#app/follows/toggle.server.ts";
import { postOnly } from "#app/middleware/post-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { userPath } from "#app/users/user.ts";
import type { Route } from "./+types/follow-person";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

export async function action({ request, params, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const wanted = await readFollow(request);
  await spend("follow-by-user", viewer.id);
  const followee = await findFollowee(viewer, params.username);
  if (!followee) throw data(null, { status: 404, statusText: "Not Found" });
  await setFollow(viewer, followee.id, wanted.on);
  return answerFollow(request, wanted, userPath(followee.username));
}
