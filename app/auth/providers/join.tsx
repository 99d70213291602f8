import { getFormProps, getInputProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { endedCeremonyCookie } from "#app/auth/ceremonies.server.ts";
import { goOn } from "#app/auth/door.server.ts";
import { vouchedProfileForm } from "#app/auth/entry-forms.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { join } from "#app/auth/join.server.ts";
import { expiredJoinCookie } from "#app/auth/join-cookie.server.ts";
import { strictlyVouched } from "#app/auth/new-member.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { ProfileFields } from "#app/auth/profile-fields.tsx";
import { copyPicture, findVouchedNewcomer, type VouchedNewcomer } from "#app/auth/providers/newcomer.server.ts";
import { NotYou } from "#app/auth/providers/not-you.tsx";
import { choiceOf } from "#app/auth/providers/provider-list.server.ts";
import { listFreeUsernames } from "#app/auth/usernames.server.ts";
import { neverCached, visitorsOnly } from "#app/auth/visitors-only.ts";
import { endedInviteCookie, readInvite } from "#app/invites/invite-cookie.server.ts";
import { isFieldProblem, problemOf } from "#app/joining/admission.ts";
import { toDoorUnlessOpen } from "#app/joining/door.server.ts";
import { ConsentFields } from "#app/legal/consent-fields.tsx";
import { readAgreed } from "#app/legal/legal.ts";
import { listLatestTexts } from "#app/legal/legal-texts.server.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { readForm } from "#app/server/form.server.ts";
import type { PageHandle } from "#app/site/page-scripts.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { takeFile } from "#app/uploads/chosen-file.server.ts";
import { orRefusal, PictureRefused } from "#app/uploads/images.server.ts";
import { PortraitField } from "#app/uploads/portrait-field.tsx";
import { pictureHint } from "#app/uploads/upload.ts";
import { prepareAvatar, type StoredAvatar } from "#app/uploads/uploads.server.ts";
import { nameSchema } from "#app/users/name.ts";
import type { Route } from "./+types/join";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export async function loader({ request, url }: Route.LoaderArgs) {
  const { vouched, email } = await newcomerOf(request);
  await toDoorUnlessOpen(email, request);
  const name = nameSchema.safeParse(vouched.name ?? "").data ?? "";
  return {
    email,
    texts: await listLatestTexts(),
    name,
    calledThere: vouched.name ?? "",
    provider: choiceOf(vouched.provider).name,
    hasPicture: vouched.picture !== null,
    suggestions: await listFreeUsernames(name, email),
    picked: (url.searchParams.get("username") ?? "").slice(0, 40),
  };
}

async function newcomerOf(request: Request): Promise<VouchedNewcomer> {
  const newcomer = await findVouchedNewcomer(request);
  if (!newcomer || newcomer === "unproved") throw redirect(href("/join"));
  return newcomer;
}

export async function action({ request }: Route.ActionArgs) {
  const newcomer = await newcomerOf(request);
  const { vouched, email } = newcomer;
  const form = await readForm(request);
  const chosen = await takeFile(form, "avatar");
  const submission = await parseWithZod(form, { schema: strictlyVouched });
  if (submission.status !== "success") return failed(submission.reply());
  const { username, name, takePicture } = submission.value;
  await spend("join-by-source");
  const avatar = await prepare(chosen, takePicture ? vouched.picture : null).catch(orRefusal);
  if (avatar instanceof PictureRefused) return failed(submission.reply({ fieldErrors: { avatar: [avatar.message] } }));
  const answer = await join({
    token: newcomer.proofToken,
    wayIn: { vouchedToken: newcomer.token },
    username,
    name,
    avatar,
    invite: readInvite(request),
    agreed: readAgreed(form),
    browser: browserOf(request),
  });
  const over: ["Set-Cookie", string][] = [["Set-Cookie", expiredJoinCookie()]];
  switch (answer.is) {
    case "joined":
      return goOn(answer.entry, href("/welcome"), [
        ...over,
        ["Set-Cookie", endedCeremonyCookie("provider-newcomer")],
        ["Set-Cookie", endedInviteCookie()],
      ]);
    case "known":
      return goOn(answer.entry, href("/settings/security/providers"), over);
    case "username-taken":
      return failed(
        submission.reply({ fieldErrors: { username: [answer.message] } }),
        await listFreeUsernames(username, name, email),
      );
    case "not-admitted":
      if (!isFieldProblem(answer.because)) throw redirect(href("/join/request"));
      return failed(submission.reply(problemOf(answer.because)));
    case "address-taken":
      throw redirect(href("/sign-in/known-address"));
    case "unproved":
      throw redirect(href("/sign-in"));
  }
}

/** What they have chosen themselves comes before what they have elsewhere. */
async function prepare(chosen: Buffer | null, offered: string | null): Promise<StoredAvatar | null> {
  if (chosen) return prepareAvatar(chosen);
  return offered === null ? null : copyPicture(offered);
}

function failed(lastResult: SubmissionResult<string[]>, suggestions?: string[]) {
  return data({ lastResult, suggestions }, { status: 400 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Choose a username", matches);

/** The last step of joining for somebody whom a provider has sent: what it says of them is offered, not taken. */
export default function JoinWithProvider({ loaderData, actionData }: Route.ComponentProps) {
  const { provider } = loaderData;
  const [form, fields] = useForm({
    id: "profile",
    lastResult: actionData?.lastResult,
    defaultValue: { username: loaderData.picked, name: loaderData.name },
    constraint: getZodConstraint(vouchedProfileForm),
    onValidate: ({ formData }) => {
      formData.delete("avatar");
      return parseWithZod(formData, { schema: vouchedProfileForm });
    },
    shouldRevalidate: "onInput",
  });
  const { key: _, ...pictureInput } = getInputProps(fields.takePicture, { type: "checkbox", value: "true" });
  const firstWrong = [fields.username, fields.name].find((field) => field.errors)?.name;
  return (
    <EntryPage
      title="Who you are here"
      lead={
        <p>
          {`${provider} has brought you, and `}
          <span className="entry-address">{loaderData.email}</span>
          {` is your address. This is the last step. You sign in with ${provider}, and need no password.`}
        </p>
      }
    >
      <Form
        method="post"
        action={href("/join/with-provider")}
        encType="multipart/form-data"
        className="form"
        {...getFormProps(form)}
      >
        <FormErrors id={form.errorId} errors={form.errors} />
        <ProfileFields
          form={form}
          fields={fields}
          suggestions={actionData?.suggestions ?? loaderData.suggestions}
          nameHint={loaderData.name && `This is what ${provider} calls you.`}
          firstWrong={firstWrong}
        />
        {loaderData.hasPicture && (
          <label className="check">
            <input {...pictureInput} />
            <span>{`Copy my picture from ${provider}`}</span>
          </label>
        )}
        <PortraitField
          id="profile-avatar"
          hint={`${loaderData.hasPicture ? "Or another one." : "If you like."} ${pictureHint} Without one we draw you something.`}
          errors={actionData?.lastResult.error?.avatar ?? undefined}
        />
        <ConsentFields texts={loaderData.texts} />
        <SubmitButton busyText="Joining">Join</SubmitButton>
      </Form>
      <div className="entry-more">
        <NotYou provider={provider} person={loaderData.calledThere} />
        <p>
          Are you a member already?{" "}
          <Link className="text-link" to={href("/sign-in")}>
            Sign in
          </Link>{" "}
          {`as you always do, and link ${provider} in your settings.`}
        </p>
      </div>
    </EntryPage>
  );
}
