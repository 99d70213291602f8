import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { findCeremony } from "#app/auth/ceremonies.server.ts";
import { askForCode } from "#app/auth/code-asked.server.ts";
import { joinForm } from "#app/auth/entry-forms.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { titled } from "#app/auth/page-title.ts";
import { ProviderButtons } from "#app/auth/providers/buttons.tsx";
import { NotYou } from "#app/auth/providers/not-you.tsx";
import { choiceOf, listChoices } from "#app/auth/providers/provider-list.server.ts";
import { askingAnswer } from "#app/auth/strangers/asking-answer.ts";
import { StrangerFields } from "#app/auth/strangers/stranger-fields.tsx";
import { stampForm } from "#app/auth/strangers/strangers.server.ts";
import { Waiting } from "#app/auth/strangers/waiting.tsx";
import { isToken } from "#app/auth/tokens.server.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { inviteCookie, readInvite } from "#app/invites/invite-cookie.server.ts";
import { findDoor } from "#app/joining/door.server.ts";
import { DoorClosed, DoorWords } from "#app/joining/door-words.tsx";
import { readForm } from "#app/server/form.server.ts";
import { AboutSite } from "#app/site/about-site.tsx";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { useRootData } from "#app/site/root-data.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/join";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export async function loader({ request, url }: Route.LoaderArgs) {
  const code = url.searchParams.get("invite");
  const invited = isToken(code) ? code : null;
  const joining = await findDoor(code ?? readInvite(request));
  const vouched = await findCeremony("provider-newcomer", request);
  const unproved =
    vouched?.state.email === null
      ? { provider: choiceOf(vouched.state.provider).name, person: vouched.state.name ?? "" }
      : null;
  const page = { choices: listChoices(), unproved, joining, shown: stampForm() };
  return data(page, { headers: invited ? { "Set-Cookie": inviteCookie(invited) } : {} });
}

export async function action({ request }: Route.ActionArgs) {
  const form = await readForm(request);
  const submission = parseWithZod(form, { schema: joinForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const { email, again } = submission.value;
  const code = await askForCode(request, form, email);
  switch (code.is) {
    case "refused":
      return data({ lastResult: submission.reply({ fieldErrors: { email: [code.problem] } }) }, { status: 400 });
    case "asked":
      return askingAnswer({ asked: code.asked, again });
    case "sent":
      return redirect(href("/join/code") + (again ? "?again=true" : ""), { headers: { "Set-Cookie": code.cookie } });
  }
}

export function headers({ actionHeaders, loaderHeaders }: Route.HeadersArgs) {
  return actionHeaders ?? loaderHeaders;
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Join", matches);

export default function Join({ loaderData: { choices, unproved, joining, shown }, actionData }: Route.ComponentProps) {
  const { siteName } = useRootData();
  const [form, fields] = useForm({
    id: "join",
    lastResult: actionData && "lastResult" in actionData ? actionData.lastResult : undefined,
    constraint: getZodConstraint(joinForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: joinForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...input } = getInputProps(fields.email, { type: "email" });
  if (actionData && "asked" in actionData) {
    return <Waiting {...actionData} action={href("/join")} shown={shown} what="code" />;
  }
  if (!joining.open) return <DoorClosed {...joining} />;
  return (
    <EntryPage
      title={`Join ${siteName}`}
      step={1}
      aside={<AboutSite siteName={siteName} visitor={false} />}
      lead={
        unproved ? (
          <p>{`${unproved.provider} did not say which address is yours, so we mail you a code. Then you choose a username.`}</p>
        ) : (
          <DoorWords {...joining} />
        )
      }
    >
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field
          key={key}
          label="E-mail address"
          hint="Nobody else gets to see it."
          {...input}
          autoComplete="email"
          autoFocus={Boolean(fields.email.errors)}
          errors={fields.email.errors}
        />
        <StrangerFields shown={shown} />
        <SubmitButton busyText="Sending the code">Send the code</SubmitButton>
      </Form>
      {!unproved && <ProviderButtons choices={choices} />}
      <div className="entry-more">
        {unproved && <NotYou {...unproved} />}
        <p>
          Are you a member already? The same code signs you in, or{" "}
          <Link className="text-link" to={href("/sign-in")}>
            sign in with your password
          </Link>
          .
        </p>
      </div>
    </EntryPage>
  );
}
