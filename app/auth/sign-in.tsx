import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { goOn } from "#app/auth/door.server.ts";
import { signInForm } from "#app/auth/entry-forms.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { titled } from "#app/auth/page-title.ts";
import { PasskeyButton } from "#app/auth/passkeys/passkey-button.tsx";
import { PasswordField } from "#app/auth/password/password-field.tsx";
import { LastUsed, ProviderButtons } from "#app/auth/providers/buttons.tsx";
import { readLastWay } from "#app/auth/providers/last-way-cookie.server.ts";
import { listChoices } from "#app/auth/providers/provider-list.server.ts";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { signIn } from "#app/auth/sign-in.server.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { useRootData } from "#app/site/root-data.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/sign-in";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export function loader({ request, url }: Route.LoaderArgs) {
  const redirectTo = redirectTarget(url.searchParams.get("redirectTo"));
  return { redirectTo, choices: listChoices(), lastWay: readLastWay(request) };
}

export async function action({ request }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: signInForm });
  const again = { hideFields: ["password"] };
  if (submission.status !== "success") return data({ lastResult: submission.reply(again) }, { status: 400 });
  const entry = await signIn(submission.value, browserOf(request));
  if (entry === null) {
    const formErrors = ["That name and password do not belong together. Look at both and try again."];
    return data({ lastResult: submission.reply({ ...again, formErrors }) }, { status: 400 });
  }
  return goOn(entry, redirectTarget(submission.value.redirectTo));
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Sign in", matches);

export default function SignIn({ loaderData, actionData }: Route.ComponentProps) {
  const { redirectTo, choices, lastWay } = loaderData;
  const { siteName } = useRootData();
  const [form, fields] = useForm({
    id: "sign-in",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(signInForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: signInForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...identifier } = getInputProps(fields.identifier, { type: "text" });
  return (
    <EntryPage
      title={`Sign in to ${siteName}`}
      lead={<p>{redirectTo === "/" ? "Welcome back." : "Then you go on to the page that you asked for."}</p>}
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <input type="hidden" name="redirectTo" value={redirectTo} />
        <Field
          key={key}
          label="Username or e-mail address"
          {...identifier}
          autoComplete="username webauthn"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus={Boolean(fields.identifier.errors)}
          errors={fields.identifier.errors}
        />
        <PasswordField
          field={fields.password}
          autoComplete="current-password"
          autoFocus={Boolean(fields.password.errors && !fields.identifier.errors)}
        />
        <p className="way">
          <SubmitButton busyText="Signing in">Sign in</SubmitButton>
          {lastWay === "password" && <LastUsed />}
        </p>
      </Form>
      <ProviderButtons choices={choices} lastWay={lastWay} redirectTo={redirectTo} />
      <PasskeyButton
        optionsPath={href("/sign-in/passkey/options")}
        action={href("/sign-in/passkey")}
        redirectTo={redirectTo}
        autofill
      />
      <div className="entry-more">
        <noscript>
          <p>A passkey needs JavaScript. Without it a code by mail lets you in.</p>
        </noscript>
        <p>
          Password forgotten?{" "}
          <Link className="text-link" to={href("/forgot-password")}>
            Choose a new one
          </Link>
          , or{" "}
          <Link className="text-link" to={`${href("/sign-in/code")}?${new URLSearchParams({ redirectTo })}`}>
            come in with a code by mail
          </Link>
          . {lastWay === "code" && <LastUsed />}
        </p>
        <p>
          New here?{" "}
          <Link className="text-link" to={href("/join")}>
            Join {siteName}
          </Link>
          .
        </p>
      </div>
    </EntryPage>
  );
}
