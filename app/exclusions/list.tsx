import { getFormProps, getInputProps, getSelectProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { type Exclusion, type ExclusionKind, exclusionForm, exclusionKinds } from "#app/exclusions/exclusion.ts";
import { kindOfPath } from "#app/exclusions/kind-of-path.ts";
import { addExclusion, listExclusions } from "#app/exclusions/lists.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Field, FormErrors, SelectField } from "#app/ui/field.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import type { Route } from "./+types/list";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

/** `/admin/settings/names`, `/domains` and `/networks`. */
export async function loader({ url }: Route.LoaderArgs) {
  const kind = kindOfPath(url.pathname);
  return { kind, ...(await listExclusions(kind, (url.searchParams.get("after") ?? "").slice(0, 300))) };
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const kind = kindOfPath(url.pathname);
  const submission = parseWithZod(await readForm(request), { schema: exclusionForm(kind) });
  if (submission.status !== "success") return invalid(submission);
  const problem = await addExclusion(viewerOf(context), kind, submission.value, factsOf(request));
  if (problem) return data({ lastResult: submission.reply({ fieldErrors: { what: [problem] } }) }, { status: 400 });
  return redirect(`/admin/settings/${kind}`);
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  const title = loaderData ? exclusionKinds[loaderData.kind].title : "Nothing is here";
  return [{ title: `${title} · ${root.loaderData.siteName}` }];
}

export default function List({ loaderData: { kind, exclusions, next }, actionData }: Route.ComponentProps) {
  const { title, one, hint, button, effects } = exclusionKinds[kind];
  const [form, fields] = useForm({
    // A form that was taken starts anew.
    id: `${kind}-${exclusions.length}`,
    lastResult: actionData?.lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: exclusionForm(kind) }),
    shouldRevalidate: "onInput",
  });
  const { key: whatKey, ...what } = getInputProps(fields.what, { type: "text" });
  const { key: daysKey, ...days } = getSelectProps(fields.days);
  return (
    <PageColumns>
      <h1 className="page-title">{title}</h1>
      <h2 className="act-effects-title">What will happen</h2>
      <ul className="act-effects">
        {effects.map((effect) => (
          <li key={effect}>{effect}</li>
        ))}
      </ul>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field
          key={whatKey}
          label={one}
          hint={hint}
          {...what}
          autoComplete="off"
          autoCapitalize="none"
          autoFocus={Boolean(fields.what.errors)}
          errors={fields.what.errors}
        />
        {kind === "networks" && (
          <SelectField
            key={daysKey}
            label="For how long"
            hint="Addresses change hands: a block that ends is the better one."
            {...days}
            errors={fields.days.errors}
          >
            <option value="7">7 days</option>
            <option value="1">1 day</option>
            <option value="30">30 days</option>
            <option value="365">A year</option>
            <option value="">For good</option>
          </SelectField>
        )}
        <ReasonField field={fields.reason} hint="It stays on this list and in the site's records." />
        <p>
          <SubmitButton busyText="Saving">{button}</SubmitButton>
        </p>
      </Form>
      {exclusions.length === 0 ? (
        <Empty title="The list is empty" />
      ) : (
        <>
          <ul className="exclusion-list">
            {exclusions.map((exclusion) => (
              <Line key={exclusion.key} kind={kind} exclusion={exclusion} />
            ))}
          </ul>
          <NextPage
            href={next === null ? null : `/admin/settings/${kind}?after=${encodeURIComponent(next)}`}
            label="More"
            end="These are all."
          />
        </>
      )}
    </PageColumns>
  );
}

function Line({ kind, exclusion }: { kind: ExclusionKind; exclusion: Exclusion }) {
  const { key, words, reason, createdAt, createdBy, expiresAt } = exclusion;
  return (
    <li>
      <p>
        <strong>{words}</strong>
        <span className="muted">
          {` · ${fullDate(createdAt)}${createdBy ? `, by @${createdBy}` : ""}`}
          {expiresAt && ` · until ${fullDate(expiresAt)}`}
        </span>
      </p>
      <p className="record-reason" dir="auto">
        {reason}
      </p>
      <Form method="post" action={`/admin/settings/${kind}/${encodeURIComponent(key)}/removal`}>
        <button type="submit" className={buttonClass("quiet")}>
          {exclusionKinds[kind].undo} <span className="sr-only">{words}</span>
        </button>
      </Form>
    </li>
  );
}
