import { type FieldMetadata, getInputProps, getTextareaProps, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { href, redirect } from "react-router";
import { factsOf } from "#app/auth/browser.server.ts";
import { requireAdmin } from "#app/middleware/require-admin.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { invalid } from "#app/moderation/act-answers.ts";
import { changedRules, ruleFields, rulesFormOf } from "#app/moderation/rules-form.ts";
import { readForm } from "#app/server/form.server.ts";
import { changeSiteSetting } from "#app/site/change-setting.server.ts";
import { SettingPage, WhatWillHappen } from "#app/site/setting-page.tsx";
import { findSiteSetting } from "#app/site/site-settings.server.ts";
import { Field, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";
import type { Route } from "./+types/change-rules";

export const middleware: Route.MiddlewareFunction[] = [requireAdmin];

export async function loader() {
  return { rules: (await findSiteSetting("rules")).list };
}

export async function action({ request, context }: Route.ActionArgs) {
  const { list } = await findSiteSetting("rules");
  const submission = parseWithZod(await readForm(request), { schema: rulesFormOf(list) });
  if (submission.status !== "success") return invalid(submission);
  const { rules, reason } = submission.value;
  const change = { value: (from: Parameters<typeof changedRules>[0]) => changedRules(from, rules), reason };
  await changeSiteSetting(viewerOf(context), "rules", change, factsOf(request));
  return redirect(`${href("/admin/settings")}?saved=rules`);
}

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `The rules · ${root.loaderData.siteName}` }];
}

export default function ChangeRules({ loaderData: { rules }, actionData }: Route.ComponentProps) {
  const schema = rulesFormOf(rules);
  const [form, fields] = useForm<Record<string, string>>({
    id: "rules",
    lastResult: actionData?.lastResult,
    defaultValue: typedRules(rules),
    // Its names are those of the rules as they are, which no type knows.
    onValidate: ({ formData }) => parseWithZod(formData, { schema: schema as never }),
    shouldRevalidate: "onInput",
  });
  const fieldOf = (name: string): FieldMetadata<string> => {
    const field = fields[name];
    if (!field) throw new Error(`The form has no field ${name}`);
    return field;
  };
  return (
    <SettingPage
      title="The rules"
      before={
        <WhatWillHappen>
          <li>
            The page of{" "}
            <Link className="text-link" to={href("/about/rules")}>
              rules
            </Link>{" "}
            and the forms of reports and acts show them at once, in the order of their numbers.
          </li>
          <li>A rule whose title and text you empty is taken away. Acts that named it still say what it was called.</li>
          <li>The last one is new. Leave it empty if there is none to add.</li>
        </WhatWillHappen>
      }
      form={form}
      reason={fieldOf("reason")}
      save="Save the rules"
    >
      {[...rules.map(({ key }) => key), null].map((key, index) => {
        const names = ruleFields(key);
        return (
          <RuleFields
            key={names.title}
            legend={key === null ? "A new rule" : `Rule ${index + 1}`}
            place={fieldOf(names.place)}
            title={fieldOf(names.title)}
            text={fieldOf(names.text)}
          />
        );
      })}
    </SettingPage>
  );
}

function typedRules(rules: { key: string; title: string; text: string }[]): Record<string, string> {
  const all = [...rules, { key: null, title: "", text: "" }];
  const fields = all.flatMap(({ key, title, text }, index) => {
    const names = ruleFields(key);
    return [
      [names.place, String(index + 1)],
      [names.title, title],
      [names.text, text],
    ];
  });
  return Object.fromEntries(fields);
}

interface RuleFieldsProps {
  legend: string;
  place: FieldMetadata<string>;
  title: FieldMetadata<string>;
  text: FieldMetadata<string>;
}

function RuleFields({ legend, ...fields }: RuleFieldsProps) {
  const { key: placeKey, ...place } = getInputProps(fields.place, { type: "text" });
  const { key: titleKey, ...title } = getInputProps(fields.title, { type: "text" });
  const { key: textKey, ...text } = getTextareaProps(fields.text);
  return (
    <fieldset className="rule-fields">
      <legend>{legend}</legend>
      <Field
        key={placeKey}
        label="Number"
        {...place}
        inputMode="decimal"
        autoComplete="off"
        errors={fields.place.errors}
      />
      <Field key={titleKey} label="Title" {...title} dir="auto" maxLength={60} errors={fields.title.errors} />
      <TextField key={textKey} label="Text" {...text} dir="auto" maxLength={500} rows={2} errors={fields.text.errors} />
    </fieldset>
  );
}
