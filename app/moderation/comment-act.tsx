import { href } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { kindOfPattern } from "#app/moderation/act-addresses.ts";
import { actPage } from "#app/moderation/act-answers.ts";
import { actByForm } from "#app/moderation/act-forms.server.ts";
import { actWords } from "#app/moderation/moderation.ts";
import { ThingActPage } from "#app/moderation/thing-act-page.tsx";
import { findThing, idOf, whyNotToThing } from "#app/moderation/thing-subject.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import type { Route } from "./+types/comment-act";

/* One page for the acts on a comment; which one, its address says. */

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context, pattern }: Route.LoaderArgs) {
  const subject = await findThing(params, kindOfPattern(pattern, "comment"));
  const { list } = await findSiteSetting("rules");
  return actPage(subject, whyNotToThing(viewerOf(context), subject), list);
}

export async function action({ request, params, context, url, pattern }: Route.ActionArgs) {
  return actByForm(viewerOf(context), request, {
    kind: kindOfPattern(pattern, "comment"),
    target: { commentId: idOf(params.commentId) },
    next: () =>
      url.searchParams.has("held")
        ? href("/moderation/held")
        : href("/comments/:commentId", { commentId: params.commentId }),
  });
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  const words = loaderData ? `${actWords[loaderData.subject.kind].button} a comment` : "Not found";
  return [{ title: `${words} · ${root.loaderData.siteName}` }];
}

export default function CommentAct({ loaderData, actionData }: Route.ComponentProps) {
  return <ThingActPage {...loaderData} lastResult={actionData?.lastResult} />;
}
