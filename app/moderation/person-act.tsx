import { href } from "react-router";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { kindOfPattern } from "#app/moderation/act-addresses.ts";
import { actPage } from "#app/moderation/act-answers.ts";
import { ActForm } from "#app/moderation/act-form.tsx";
import { actByForm } from "#app/moderation/act-forms.server.ts";
import { ActPage } from "#app/moderation/act-page.tsx";
import { type ActKind, actWords } from "#app/moderation/moderation.ts";
import { whyNot } from "#app/moderation/policy.ts";
import { findSubject } from "#app/moderation/subjects.server.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import type { Route } from "./+types/person-act";

/* One page for the acts on a person that ask for a reason and little more; which one, its address says. */

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

export async function loader({ params, context, pattern }: Route.LoaderArgs) {
  const subject = await findSubject(params.username);
  const kind = kindOfPattern(pattern, "person");
  const { list } = await findSiteSetting("rules");
  return actPage({ ...subject, kind }, whyNot(kind, viewerOf(context), subject), list);
}

export async function action({ request, params, context, pattern }: Route.ActionArgs) {
  return actByForm(viewerOf(context), request, {
    kind: kindOfPattern(pattern, "person"),
    target: params,
    // Somebody who has another username now has another page.
    next: (input) =>
      href("/admin/users/:username", { username: "username" in input ? input.username : params.username }),
  });
}

export function meta({ params, loaderData, matches: [root] }: Route.MetaArgs) {
  const words = loaderData ? actWords[loaderData.subject.kind].button : "Not found";
  return [{ title: `${words}: @${params.username} · ${root.loaderData.siteName}` }];
}

export default function PersonAct({ loaderData: { subject, refusal, rules }, actionData }: Route.ComponentProps) {
  const { kind, username } = subject;
  return (
    <ActPage
      title={`${actWords[kind].button}: @${username}`}
      subject={subject}
      refusal={refusal}
      effects={effects[kind]?.map((text) => <li key={text}>{text}</li>)}
    >
      <ActForm
        kind={kind}
        rules={rules}
        lastResult={actionData?.lastResult}
        cancelTo={href("/admin/users/:username", { username })}
        defaultUsername={`member-${subject.id.slice(-6)}`}
      />
    </ActPage>
  );
}

const undoable = "It can be undone exactly, whatever happens in between.";

const effects: Partial<Record<ActKind, string[]>> = {
  warn: ["They are told, with your reason.", "Nothing else changes. It stays in their record."],
  silence: [
    "Until then they read, sign in and change their settings, and write nothing.",
    "They are told why and until when. What they have written stays.",
    undoable,
  ],
  unsilence: ["They write again at once, and are told."],
  rename: [
    "Their username is another one at once, everywhere. The former one leads to it, and nobody else gets it.",
    "They may choose another one themselves at any time.",
    undoable,
  ],
  "clear-profile": ["Their name becomes “Member”; what they say of themselves and their link go.", undoable],
  "clear-avatar": ["Their picture is replaced by a drawn one.", undoable],
};
