import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { endedCeremonyCookie, findCeremony, readCeremonyToken } from "#app/auth/ceremonies.server.ts";
import { CodeField } from "#app/auth/code-field.tsx";
import { goOn } from "#app/auth/door.server.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { titled } from "#app/auth/page-title.ts";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { trySecondFactor } from "#app/auth/two-factor/sign-in.server.ts";
import { secondFactorForm } from "#app/auth/two-factor/two-factor.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/sign-in";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export async function loader({ request, url }: Route.LoaderArgs) {
  const waiting = (await findCeremony("second-factor", request)) !== null;
  return { waiting, redirectTo: redirectTarget(url.searchParams.get("redirectTo")) };
}

export async function action({ request }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: secondFactorForm });
  const again = { hideFields: ["code"] };
  if (submission.status !== "success") return data({ lastResult: submission.reply(again) }, { status: 400 });
  const { code, trust, redirectTo } = submission.value;
  const token = readCeremonyToken("second-factor", request);
  const answer = await trySecondFactor(token, { code, trust: trust === "true" }, browserOf(request));
  if (answer.is === "in")
    return goOn(answer.entry, redirectTarget(redirectTo), [["Set-Cookie", endedCeremonyCookie("second-factor")]]);
  const words =
    answer.is === "over"
      ? "This sign-in is over. Begin it again."
      : `That is not the code now. You have ${answer.triesLeft} ${answer.triesLeft === 1 ? "try" : "tries"} left.`;
  return data({ lastResult: submission.reply({ ...again, fieldErrors: { code: [words] } }) }, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Second factor", matches);

export default function SecondFactor({ loaderData: { waiting, redirectTo }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "second-factor",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(secondFactorForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: secondFactorForm }),
  });
  if (!waiting) return <StartAgain />;
  return (
    <EntryPage
      title="Your second factor"
      lead={<p>Enter the code that your authenticator app shows now, or one of your backup codes.</p>}
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <CodeField field={fields.code} autoFocus orBackupCode />
        <label className="check">
          <input type="checkbox" name="trust" value="true" />
          <span>Do not ask again in this browser for 30 days</span>
        </label>
        <SubmitButton busyText="Checking">Sign in</SubmitButton>
      </Form>
      <div className="entry-more">
        <p>
          <Link className="text-link" to={href("/sign-in/two-factor/recovery")}>
            I have lost both my authenticator and my backup codes
          </Link>
        </p>
      </div>
    </EntryPage>
  );
}

function StartAgain() {
  return (
    <EntryPage title="This sign-in is over" lead={<p>It waits ten minutes for the second factor, in one browser.</p>}>
      <p className="actions">
        <Link className="button primary" to={href("/sign-in")}>
          Sign in
        </Link>
      </p>
    </EntryPage>
  );
}
