import { suggestPeople } from "#app/mentions/suggestions.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { parsePostId } from "#app/posts/post.ts";
import type { Route } from "./+types/suggestions";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

/** What people's names are made of; what else is typed after an "@" begins nobody's name. */
const typedName = /^[\p{L}\p{M}\p{N}_-]{0,30}$/u;

/** People for what is typed after an "@": `{ people }`. */
export async function loader({ url, context }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  await spend("mention-suggestions", viewer.id);
  const typed = url.searchParams.get("q") ?? "";
  const postId = parsePostId(url.searchParams.get("postId") ?? "");
  return Response.json({ people: typedName.test(typed) ? await suggestPeople(viewer, typed, postId) : [] });
}
