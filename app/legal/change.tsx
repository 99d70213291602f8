import { getFormProps, getInputProps, getTextareaProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { forgetSiteFacts } from "#app/about/site-facts.server.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import { type LegalKind, legalTitles } from "#app/legal/legal.ts";
import { longestText, textForm } from "#app/legal/legal-form.ts";
import { findText, publishText } from "#app/legal/legal-texts.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { FormErrors, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/change";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

/** `/admin/settings/terms` and `/admin/settings/privacy`. */
export async function loader({ pattern }: Route.LoaderArgs) {
  const kind = kindOf(pattern);
  const text = await findText(kind, null);
  return { kind, body: text?.body ?? "", version: text?.version ?? 0 };
}

function kindOf(pattern: string): LegalKind {
  return pattern.endsWith("/privacy") ? "privacy" : "terms";
}

export async function action({ request, context, pattern }: Route.ActionArgs) {
  const kind = kindOf(pattern);
  const submission = parseWithZod(await readForm(request), { schema: textForm });
  if (submission.status !== "success") return data({ lastResult: submission.reply() }, { status: 400 });
  const { body, asksAgain } = submission.value;
  const published = { body, asksAgain: asksAgain === "true" };
  await publishText(viewerOf(context), kind, published, factsOf(request));
  forgetSiteFacts();
  return redirect(`/about/${kind}`);
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  return [{ title: `${loaderData ? legalTitles[loaderData.kind] : "Nothing is here"} · ${root.loaderData.siteName}` }];
}

export default function Change({ loaderData: { kind, body, version }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    id: "legal-text",
    lastResult: actionData?.lastResult,
    defaultValue: { body },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: textForm }),
    shouldRevalidate: "onInput",
  });
  const { key: bodyKey, ...text } = getTextareaProps(fields.body);
  const { key: asksKey, ...asks } = getInputProps(fields.asksAgain, { type: "checkbox", value: "true" });
  return (
    <PageColumns>
      <h1 className="page-title">{legalTitles[kind]}</h1>
      <h2 className="act-effects-title">What will happen</h2>
      <ul className="act-effects">
        <li>{`This becomes version ${version + 1}, with today's date. Former versions stay and can be read.`}</li>
        <li>Whoever joins from now on agrees to it first.</li>
        <li>
          If it asks again, members see a line above every page until they agree. They go on reading and writing
          meanwhile.
        </li>
      </ul>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <TextField
          key={bodyKey}
          label="Text"
          hint="Markdown, as in posts."
          {...text}
          rows={20}
          maxLength={longestText}
          autoFocus={Boolean(fields.body.errors)}
          errors={fields.body.errors}
        />
        <label className="check">
          <input key={asksKey} {...asks} />
          <span>Ask those again who have agreed to an earlier version</span>
        </label>
        <p className="actions">
          <Link className={buttonClass("quiet")} to={href("/admin/settings")}>
            Cancel
          </Link>
          <SubmitButton busyText="Publishing">{`Publish version ${version + 1}`}</SubmitButton>
        </p>
      </Form>
    </PageColumns>
  );
}
