import { type FieldMetadata, getSelectProps, getTextareaProps } from "@conform-to/react";
import { href } from "react-router";
import { longestReason } from "#app/moderation/moderation.ts";
import type { Rule } from "#app/moderation/rule.ts";
import { SelectField, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";

/** Why: every act asks for it. */
export function ReasonField({ field, hint }: { field: FieldMetadata<string>; hint: string }) {
  const { key, ...input } = getTextareaProps(field);
  return (
    <TextField
      key={key}
      label="Reason"
      hint={hint}
      {...input}
      maxLength={longestReason}
      errors={field.errors}
      // A failed form opens at its mistake, also without scripts.
      autoFocus={Boolean(field.errors)}
    />
  );
}

/** Which of the site's rules was broken. */
export function RuleField({ field, rules }: { field: FieldMetadata<string | undefined>; rules: Rule[] }) {
  const { key, ...select } = getSelectProps(field);
  return (
    <SelectField key={key} label="Rule" hint={<RulesHint />} {...select} errors={field.errors}>
      <option value="">None of them</option>
      {rules.map((rule) => (
        <option key={rule.key} value={rule.key}>
          {rule.title}
        </option>
      ))}
    </SelectField>
  );
}

function RulesHint() {
  return (
    <Link className="text-link" to={href("/about/rules")}>
      The rules in full
    </Link>
  );
}
