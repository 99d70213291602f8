import { parseWithZod } from "@conform-to/zod/v4";
import { data, href, redirect } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { askedAtConfirm } from "#app/auth/fresh-proof/asked-at-confirm.ts";
import { passwordProofForm } from "#app/auth/fresh-proof/fresh-proof.ts";
import { ByPassword } from "#app/auth/fresh-proof/proof-forms.tsx";
import { listProofs, proveByPassword } from "#app/auth/fresh-proof/proving.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/by-password";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, askedAtConfirm];

export async function action({ request, context }: Route.ActionArgs) {
  const form = await readForm(request);
  const redirectTo = redirectTarget(form.get("redirectTo"));
  const viewer = viewerOf(context);
  // Who has a second factor proves themselves by it: the password alone would be less than the way in asks for.
  if ((await listProofs(viewer)).secondFactor) throw redirect(href("/confirm"));
  const submission = parseWithZod(form, { schema: passwordProofForm });
  const again = { hideFields: ["password"] };
  if (submission.status !== "success")
    return data({ redirectTo, lastResult: submission.reply(again) }, { status: 400 });
  if (await proveByPassword(viewer, submission.value.password, browserOf(request)))
    return redirect(`${href("/confirm")}?redirectTo=${encodeURIComponent(redirectTo)}`);
  const lastResult = submission.reply({ ...again, fieldErrors: { password: ["That is not your password."] } });
  return data({ redirectTo, lastResult }, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Is it you?", matches);

export default function Confirm({ actionData }: Route.ComponentProps) {
  if (!actionData) return null;
  return (
    <EntryPage title="Is it you?" lead={<p>Look at it and try again.</p>}>
      <ByPassword {...actionData} />
    </EntryPage>
  );
}
