import { getFormProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirectDocument } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { titled } from "#app/auth/page-title.ts";
import { deletionForm, graceDays, releasedDays } from "#app/deletions/deletion.ts";
import { askForDeletion } from "#app/deletions/deletions.server.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { SettingsPage } from "#app/settings/settings-page.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/ask";

export const middleware: Route.MiddlewareFunction[] = [requireViewer, requireFreshProof];

export async function loader({ context }: Route.LoaderArgs) {
  return { username: viewerOf(context).username };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: deletionForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const problem = await askForDeletion(viewerOf(context), submission.value.contributions, factsOf(request));
  if (!problem) return redirectDocument(`${href("/leaving")}?asked`);
  return data({ lastResult: submission.reply({ formErrors: [problem] }) }, { status: 409 });
}

export const meta: Route.MetaFunction = ({ matches }) => titled("Delete your account", matches);

export default function Ask({ loaderData: { username }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "deletion",
    lastResult: actionData?.lastResult,
    constraint: getZodConstraint(deletionForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: deletionForm }),
  });
  const { name, id, errors, errorId } = fields.contributions;
  return (
    <SettingsPage title="Delete your account">
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <p>
          {`@${username} disappears at once, and every device is signed out. For ${graceDays} days you can sign in and take everything back. Then it is deleted for good: your profile, addresses, ways in, pictures, follows, reactions, bookmarks and settings.`}
        </p>
        <fieldset className="deletion-choice" aria-describedby={errors ? errorId : undefined}>
          <legend>What becomes of your posts and comments?</legend>
          <label className="check">
            <input type="radio" id={id} name={name} value="keep" required aria-invalid={errors ? true : undefined} />
            <span>
              Keep them, without my name
              <br />
              <span className="muted">They stay where they are, written by “Deleted user”.</span>
            </span>
          </label>
          <label className="check">
            <input type="radio" name={name} value="erase" required aria-invalid={errors ? true : undefined} />
            <span>
              Erase them
              <br />
              <span className="muted">
                They are hidden at once, and then deleted. Where others have answered, an empty place stays.
              </span>
            </span>
          </label>
          {errors && (
            <p id={errorId} className="field-error">
              {errors.join(" ")}
            </p>
          )}
        </fieldset>
        <p className="muted">
          {`Nobody gets your username for ${releasedDays} days after that. We mail you the way back. You may want to have a copy of your data first.`}
        </p>
        <div className="actions">
          <SubmitButton kind="danger" busyText="Signing out everywhere">
            Delete my account
          </SubmitButton>
          <Link className={buttonClass("plain")} to={href("/settings/data")}>
            Keep it
          </Link>
        </div>
      </Form>
    </SettingsPage>
  );
}
