import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { getZodConstraint, parseWithZod } from "@conform-to/zod/v4";
import { Form, href, redirect } from "react-router";
import { previewRemoval, removePosts } from "#app/admin/bulk/removal.server.ts";
import { mostRemoved, parseRemovalSearch, type RemovalPreview, removalForm } from "#app/admin/bulk/removal.ts";
import { requireFreshProof } from "#app/middleware/require-fresh-proof.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid, refused } from "#app/moderation/act-answers.ts";
import { ReasonField, RuleField } from "#app/moderation/reason-field.tsx";
import type { Rule } from "#app/moderation/rule.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/posts";

export const middleware: Route.MiddlewareFunction[] = [requireModerator, requireFreshProof];

export async function loader({ context, url }: Route.LoaderArgs) {
  const search = parseRemovalSearch(url.searchParams);
  const { list } = await findSiteSetting("rules");
  return { search, rules: list, preview: await previewRemoval(viewerOf(context), search) };
}

export async function action({ request, context, url }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: removalForm });
  if (submission.status !== "success") return invalid(submission);
  const { refusal, actionId } = await removePosts(
    viewerOf(context),
    parseRemovalSearch(url.searchParams),
    submission.value,
  );
  if (refusal || !actionId) return refused(submission, refusal ?? { because: "state", text: "Nothing was removed." });
  return redirect(href("/admin/bulk/:actionId", { actionId }));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Remove many posts · ${root.loaderData.siteName}` }];
}

export default function Posts({ loaderData: { search, rules, preview }, actionData }: Route.ComponentProps) {
  return (
    <PageColumns>
      <h1 className="page-title">Remove many posts</h1>
      <p className="muted user-lead">
        Of one person, with some words, or both. You see first which posts they are.{" "}
        <Link className="text-link" to={href("/admin/bulk")}>
          Removals so far
        </Link>
      </p>
      <Form method="get" action={href("/admin/bulk/posts")} className="span-form">
        <Field id="by" name="by" label="Username" defaultValue={search.by} autoCapitalize="none" spellCheck={false} />
        <Field id="q" name="q" label="Words" defaultValue={search.q} />
        <button type="submit" className={buttonClass("plain")}>
          Show them
        </button>
      </Form>
      {preview && <Preview key={preview.seen} preview={preview} rules={rules} lastResult={actionData?.lastResult} />}
    </PageColumns>
  );
}

const number = (count: number) => count.toLocaleString("en-GB");

function Preview({
  preview: { count, tooMany, people, authors, newest, seen },
  rules,
  lastResult,
}: {
  preview: RemovalPreview;
  rules: Rule[];
  lastResult: NonNullable<Route.ComponentProps["actionData"]>["lastResult"] | undefined;
}) {
  const [form, fields] = useForm({
    id: "removal",
    lastResult,
    constraint: getZodConstraint(removalForm),
    onValidate: ({ formData }) => parseWithZod(formData, { schema: removalForm }),
    shouldRevalidate: "onInput",
  });
  if (count === 0) return <p className="act-refusal">No post fits that is yours to remove.</p>;
  if (tooMany) {
    return <p className="act-refusal">{`More than ${number(mostRemoved)} posts fit. Search for fewer.`}</p>;
  }
  const { key: _, defaultValue: __, ...hidden } = getInputProps(fields.seen, { type: "hidden" });
  return (
    <section className="user-section" aria-labelledby="preview">
      <h2 id="preview">{count === 1 ? "One post" : `${number(count)} posts`}</h2>
      <ul className="act-effects">
        <li>
          {`By ${people === 1 ? "one person" : `${number(people)} people`}: ${authors.map((author) => `@${author.username} (${number(author.count)})`).join(", ")}${people > authors.length ? " and others" : ""}.`}
        </li>
        <li>Readers see them no longer. Their authors do, and are told once why.</li>
        <li>It is one line in the log, and can be undone as one.</li>
        {count > 200 && <li>It takes a little while, and can be stopped and gone on with.</li>}
      </ul>
      <details className="removal-newest">
        <summary>The newest of them</summary>
        <ul>
          {newest.map(({ id, title, username }) => (
            <li key={id}>
              <Link className="text-link" to={href("/p/:postId/:slug?", { postId: String(id) })}>
                {title}
              </Link>{" "}
              <span className="muted">@{username}</span>
            </li>
          ))}
        </ul>
      </details>
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <input {...hidden} value={seen} readOnly />
        <RuleField field={fields.rule} rules={rules} />
        <ReasonField field={fields.reason} hint="Their authors read it, and so does everybody in the public log." />
        <p className="actions act-buttons">
          <SubmitButton kind="danger" busyText="Removing">
            {count === 1 ? "Remove it" : `Remove all ${number(count)}`}
          </SubmitButton>
        </p>
      </Form>
    </section>
  );
}
