import { type FieldMetadata, getTextareaProps } from "@conform-to/react";
import { longestReason } from "#app/moderation/moderation.ts";
import { TextField } from "#app/ui/field.tsx";

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
