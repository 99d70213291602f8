import { getFormProps, getInputProps, getTextareaProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import { takeFile } from "#app/uploads/chosen-file.server.ts";
import { PictureRefused } from "#app/uploads/images.server.ts";
import { PortraitField } from "#app/uploads/portrait-field.tsx";
import { pictureHint } from "#app/uploads/upload.ts";
import { nameLength } from "#app/users/name.ts";
import { profileForm, profileLimits } from "#app/users/profile-form.ts";
import { userPath } from "#app/users/user.ts";
import { editProfile, findOwnProfile } from "#app/users/users.server.ts";
import type { Route } from "./+types/edit-profile";

export const middleware: Route.MiddlewareFunction[] = [requireViewer];

export async function loader({ context, url }: Route.LoaderArgs) {
  return { profile: await findOwnProfile(viewerOf(context)), saved: url.searchParams.has("saved") };
}

export async function action({ request, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  const form = await readForm(request);
  const picture = await takeFile(form, "avatar");
  const submission = parseWithZod(form, { schema: profileForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  if (picture) await spend("upload-by-user", viewer.id);
  try {
    await editProfile(viewer, submission.value, picture);
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error;
    return data({ lastResult: submission.reply({ fieldErrors: { avatar: [error.message] } }) }, { status: 400 });
  }
  return redirect(`${href("/settings/profile")}?saved`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Your profile · ${root.loaderData.siteName}` }];
}

export default function EditProfile({ loaderData: { profile, saved }, actionData }: Route.ComponentProps) {
  const { viewer } = useRootData();
  const [form, fields] = useForm({
    id: "profile",
    lastResult: actionData?.lastResult,
    defaultValue: { name: profile.name, bio: profile.bio, website: profile.website ?? "" },
    onValidate: ({ formData }) => {
      formData.delete("avatar");
      return parseWithZod(formData, { schema: profileForm });
    },
    shouldRevalidate: "onInput",
  });
  const firstWrong = [fields.name, fields.bio, fields.website].find((field) => field.errors)?.name;
  const { key: nameKey, ...name } = getInputProps(fields.name, { type: "text" });
  const { key: bioKey, ...bio } = getTextareaProps(fields.bio);
  const { key: websiteKey, ...website } = getInputProps(fields.website, { type: "url" });
  return (
    <PageColumns>
      <div className="page-head">
        <h1 className="page-title">Your profile</h1>
        <Link className={buttonClass("quiet")} to={href("/settings/notifications")}>
          What you are told
        </Link>
      </div>
      <Form method="post" encType="multipart/form-data" className="form profile-form" {...getFormProps(form)}>
        {saved && !actionData && (
          <p className="notice" role="status">
            Saved.{" "}
            {viewer && (
              <Link className="text-link" to={userPath(viewer.username)}>
                See your page
              </Link>
            )}
          </p>
        )}
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field
          key={nameKey}
          label="Name"
          hint="As you sign what you write."
          {...name}
          maxLength={nameLength.max}
          dir="auto"
          autoComplete="name"
          autoFocus={firstWrong === "name"}
          errors={fields.name.errors}
        />
        <TextField
          key={bioKey}
          label="About you"
          hint={`In a line or two: up to ${profileLimits.bio} characters.`}
          {...bio}
          dir="auto"
          autoFocus={firstWrong === "bio"}
          errors={fields.bio.errors}
        />
        <Field
          key={websiteKey}
          label="Website"
          {...website}
          maxLength={profileLimits.website}
          placeholder="https://"
          autoComplete="url"
          autoFocus={firstWrong === "website"}
          errors={fields.website.errors}
        />
        <div className="avatar-field">
          <img src={profile.avatar} alt="Yours as it is now" width={88} height={88} />
          <div>
            <PortraitField
              key={profile.avatar}
              id="profile-avatar"
              hint={`${pictureHint} A square is cut out of its middle.`}
              errors={actionData?.lastResult.error?.avatar ?? undefined}
            />
            {profile.hasPicture && (
              <label className="check">
                <input type="checkbox" name="removeAvatar" /> Take my picture away
              </label>
            )}
          </div>
        </div>
        <p>
          <SubmitButton busyText="Saving">Save</SubmitButton>
        </p>
      </Form>
      <Form method="post" action={href("/sign-out")} reloadDocument className="sign-out-here">
        <button type="submit" className={buttonClass("plain")}>
          Sign out
        </button>
      </Form>
    </PageColumns>
  );
}
