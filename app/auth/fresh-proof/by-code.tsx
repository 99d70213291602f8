import { parseWithZod } from "@conform-to/zod/v4";
import { data, href, redirect } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { codeForm } from "#app/auth/entry-forms.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { askedAtConfirm } from "#app/auth/fresh-proof/asked-at-confirm.ts";
import { ByMailedCode } from "#app/auth/fresh-proof/proof-forms.tsx";
import { listProofs, proveByCode, sendProofCode } from "#app/auth/fresh-proof/proving.server.ts";
import { joinCookie, readJoinToken } from "#app/auth/join-cookie.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import type { Route } from "./+types/by-code";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, askedAtConfirm];

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const form = await readForm(request);
  const redirectTo = redirectTarget(form.get("redirectTo"));
  // Who has a second factor proves themselves by it: the mailbox alone would be less than the way in asks for.
  if ((await listProofs(viewer)).secondFactor) throw redirect(href("/confirm"));
  if (form.has("send")) {
    const token = await sendProofCode(viewer, readJoinToken(request), browserOf(request));
    return data({ redirectTo, lastResult: undefined }, { headers: { "Set-Cookie": joinCookie(token) } });
  }
  const submission = parseWithZod(form, { schema: codeForm });
  const failed = (errors: { fieldErrors?: Record<string, string[]> } = {}) =>
    data({ redirectTo, lastResult: submission.reply(errors) }, { status: 400 });
  if (submission.status !== "success") return failed();
  const proof = { token: readJoinToken(request), code: submission.value.code };
  const problem = await proveByCode(viewer, proof, browserOf(request));
  if (problem) return failed({ fieldErrors: { code: [problem] } });
  return redirect(`${href("/confirm")}?redirectTo=${encodeURIComponent(redirectTo)}`);
}

export function headers({ actionHeaders }: Route.HeadersArgs) {
  return actionHeaders;
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Is it you?", matches);

export default function Confirm({ actionData }: Route.ComponentProps) {
  if (!actionData) return null;
  return (
    <EntryPage title="Is it you?" lead={<p>A code is on its way to your address. It works for ten minutes.</p>}>
      <ByMailedCode {...actionData} />
    </EntryPage>
  );
}
