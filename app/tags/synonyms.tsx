import { getFormProps, getInputProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { data, Form, href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { tagPath } from "#app/posts/post.ts";
import { readForm } from "#app/server/form.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { synonymForm } from "#app/tags/synonym-form.ts";
import { addSynonym, listSynonyms } from "#app/tags/synonyms.server.ts";
import type { Synonym } from "#app/tags/tag.ts";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Empty } from "#app/ui/empty.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/synonyms";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

export async function loader() {
  return { synonyms: await listSynonyms() };
}

export async function action({ request, context }: Route.ActionArgs) {
  const submission = parseWithZod(await readForm(request), { schema: synonymForm });
  if (submission.status !== "success") return invalid(submission);
  const objection = await addSynonym(viewerOf(context), submission.value, factsOf(request));
  if (objection) {
    return data({ lastResult: submission.reply({ fieldErrors: { name: [objection] } }) }, { status: 409 });
  }
  return redirect(href("/admin/tags"));
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Synonyms of tags · ${root.loaderData.siteName}` }];
}

export default function Synonyms({ loaderData: { synonyms }, actionData }: Route.ComponentProps) {
  const [form, fields] = useForm({
    // A form that was taken starts anew.
    id: `synonym-${synonyms.length}`,
    lastResult: actionData?.lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: synonymForm }),
    shouldRevalidate: "onInput",
  });
  const { key: nameKey, ...name } = getInputProps(fields.name, { type: "text" });
  const { key: tagKey, ...tag } = getInputProps(fields.tag, { type: "text" });
  return (
    <PageColumns>
      <h1 className="page-title">Synonyms of tags</h1>
      <h2 className="act-effects-title">What a synonym does</h2>
      <ul className="act-effects">
        <li>Posts that have the word get the tag instead, and so does everyone who follows it. That stays so.</li>
        <li>Whoever writes the word from now on gets the tag, and its page leads to the tag's.</li>
      </ul>
      <Form method="post" className="form synonym-form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        <Field
          key={nameKey}
          label="Word"
          {...name}
          autoComplete="off"
          autoCapitalize="none"
          dir="auto"
          autoFocus={Boolean(fields.name.errors)}
          errors={fields.name.errors}
        />
        <Field
          key={tagKey}
          label="Stands for the tag"
          {...tag}
          autoComplete="off"
          autoCapitalize="none"
          dir="auto"
          autoFocus={!fields.name.errors && Boolean(fields.tag.errors)}
          errors={fields.tag.errors}
        />
        <p>
          <SubmitButton busyText="Adding">Add the synonym</SubmitButton>
        </p>
      </Form>
      <h2 className="list-title">Synonyms</h2>
      {synonyms.length > 0 ? (
        <ul className="synonym-list">
          {synonyms.map((synonym) => (
            <SynonymLine key={synonym.name} synonym={synonym} />
          ))}
        </ul>
      ) : (
        <Empty title="There are none yet" />
      )}
    </PageColumns>
  );
}

function SynonymLine({ synonym: { name, tag } }: { synonym: Synonym }) {
  return (
    <li>
      <span>
        <bdi>{name}</bdi> stands for{" "}
        <Link className="text-link" to={tagPath(tag)}>
          <bdi>{tag}</bdi>
        </Link>
      </span>
      <Form method="post" action={href("/admin/tags/:name/delete", { name })}>
        <button type="submit" className={buttonClass("quiet")}>
          Remove<span className="sr-only"> the synonym {name}</span>
        </button>
      </Form>
    </li>
  );
}
