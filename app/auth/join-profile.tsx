import { getFormProps, type SubmissionResult, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { browserOf } from "#app/auth/browser.server.ts";
import { goOn } from "#app/auth/door.server.ts";
import { findEmailProof } from "#app/auth/email-proofs.server.ts";
import { passkeyProfileForm, profileForm } from "#app/auth/entry-forms.ts";
import { EntryPage } from "#app/auth/entry-page.tsx";
import { type JoinAnswer, join } from "#app/auth/join.server.ts";
import { expiredJoinCookie, readJoinToken } from "#app/auth/join-cookie.server.ts";
import { strictly } from "#app/auth/new-member.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { JoinByPasskey } from "#app/auth/passkeys/join-by-passkey.tsx";
import { readJoiningPasskey } from "#app/auth/passkeys/joining.server.ts";
import { PasswordField } from "#app/auth/password/password-field.tsx";
import { hashPassword } from "#app/auth/password/passwords.server.ts";
import { ProfileFields } from "#app/auth/profile-fields.tsx";
import { findVouchedNewcomer } from "#app/auth/providers/newcomer.server.ts";
import { findUsernameProblem, listFreeUsernames } from "#app/auth/usernames.server.ts";
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
import { takeFile } from "#app/uploads/chosen-file.server.ts";
import { orRefusal, PictureRefused } from "#app/uploads/images.server.ts";
import { PortraitField } from "#app/uploads/portrait-field.tsx";
import { pictureHint } from "#app/uploads/upload.ts";
import { prepareAvatar } from "#app/uploads/uploads.server.ts";
import type { Route } from "./+types/join-profile";

export const handle: PageHandle = { scripts: true };

export const middleware: Route.MiddlewareFunction[] = [neverCached, visitorsOnly];

export async function loader({ request, url }: Route.LoaderArgs) {
  // Whom a provider has brought needs no password, and has a name and perhaps a picture there.
  const vouched = await findVouchedNewcomer(request);
  if (vouched && vouched !== "unproved") throw redirect(href("/join/with-provider"));
  const proof = await findEmailProof(readJoinToken(request));
  if (!proof?.proved) throw redirect(href("/join/code"));
  await toDoorUnlessOpen(proof.email, request);
  return {
    email: proof.email,
    texts: await listLatestTexts(),
    suggestions: await listFreeUsernames(proof.email),
    picked: (url.searchParams.get("username") ?? "").slice(0, 40),
  };
}

export async function action({ request }: Route.ActionArgs) {
  const token = readJoinToken(request);
  const proof = await findEmailProof(token);
  if (!token || !proof?.proved) throw redirect(href("/join/code"));
  const form = await readForm(request);
  const picture = await takeFile(form, "avatar");
  const schema = form.has("passkey") ? strictly(passkeyProfileForm) : strictly(profileForm, proof.email);
  const submission = parseWithZod(form, { schema });
  const again = { hideFields: ["password", "passkey"] };
  if (submission.status !== "success") return failed(submission.reply(again));
  const { username, name } = submission.value;
  await spend("join-by-source");
  const avatar = picture && (await prepareAvatar(picture).catch(orRefusal));
  if (avatar instanceof PictureRefused) {
    return failed(submission.reply({ ...again, fieldErrors: { avatar: [avatar.message] } }));
  }
  const wayIn =
    "password" in submission.value && typeof submission.value.password === "string"
      ? { passwordHash: await hashPassword(submission.value.password) }
      : await readJoiningPasskey(form.get("passkey"), request);
  const answer: JoinAnswer = wayIn
    ? await join({
        token,
        username,
        name,
        avatar,
        wayIn,
        invite: readInvite(request),
        agreed: readAgreed(form),
        browser: browserOf(request),
      })
    : await withoutPasskey(username);
  switch (answer.is) {
    case "joined":
    case "known":
      // Somebody who is new here may first choose whom to follow.
      return goOn(answer.entry, answer.is === "joined" ? href("/welcome") : href("/"), [
        ["Set-Cookie", expiredJoinCookie()],
        ["Set-Cookie", endedInviteCookie()],
      ]);
    case "not-admitted":
      if (!isFieldProblem(answer.because)) throw redirect(href("/join/request"));
      return failed(submission.reply({ ...again, ...problemOf(answer.because) }));
    case "username-taken":
      return failed(
        submission.reply({ ...again, fieldErrors: { username: [answer.message] } }),
        await listFreeUsernames(username, name, proof.email),
      );
    case "passkey-refused":
      return failed(submission.reply({ ...again, formErrors: ["The passkey did not arrive in time. Make it again."] }));
    case "address-taken":
    case "unproved":
      throw redirect(href("/join/code"));
  }
}

function failed(lastResult: SubmissionResult<string[]>, suggestions?: string[]) {
  return data({ lastResult, suggestions }, { status: 400 });
}

/** Why no passkey was made: most often because somebody has the username. */
async function withoutPasskey(username: string): Promise<JoinAnswer> {
  const message = await findUsernameProblem(username);
  return message ? { is: "username-taken", message } : { is: "passkey-refused" };
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Choose a username", matches);

export default function JoinProfile({ loaderData, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "profile",
    lastResult: actionData?.lastResult,
    defaultValue: { username: loaderData.picked },
    constraint: getZodConstraint(profileForm),
    onValidate: ({ formData }) => {
      formData.delete("avatar");
      return parseWithZod(formData, { schema: profileForm });
    },
    shouldRevalidate: "onInput",
  });
  const firstWrong = [fields.username, fields.name, fields.password].find((field) => field.errors)?.name;
  return (
    <EntryPage
      title="Who you are here"
      step={3}
      lead={
        <p>
          <span className="entry-address">{loaderData.email}</span> is yours. This is the last step: afterwards you are
          a member, and signed in.
        </p>
      }
    >
      <Form
        method="post"
        action={href("/join/profile")}
        encType="multipart/form-data"
        className="form"
        {...getFormProps(form)}
      >
        <FormErrors id={form.errorId} errors={form.errors} />
        <ProfileFields
          form={form}
          fields={fields}
          suggestions={actionData?.suggestions ?? loaderData.suggestions}
          nameHint="You can change it later."
          firstWrong={firstWrong}
        />
        <PasswordField
          field={fields.password}
          hint="8 characters or more. A short sentence is good."
          autoComplete="new-password"
          autoFocus={firstWrong === "password"}
        />
        <PortraitField
          id="profile-avatar"
          hint={`If you like. ${pictureHint} Without one we draw you something.`}
          errors={actionData?.lastResult.error?.avatar ?? undefined}
        />
        <ConsentFields texts={loaderData.texts} />
        <SubmitButton busyText="Joining">Join</SubmitButton>
      </Form>
      <JoinByPasskey formId={form.id} />
      <div className="entry-more">
        <p>A few words about you and a link can be added in the settings.</p>
      </div>
    </EntryPage>
  );
}
