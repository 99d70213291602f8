import { type FieldMetadata, getInputProps } from "@conform-to/react";
import type { ReactNode } from "react";
import { Field } from "#app/ui/field.tsx";

interface CodeFieldProps {
  field: FieldMetadata<string>;
  hint?: ReactNode;
  autoFocus?: boolean;
  /** whether a backup code, which has letters, will do as well */
  orBackupCode?: boolean;
}

/** A code out of a mail or an app, which phones fill in themselves. */
export function CodeField({ field, hint, autoFocus, orBackupCode }: CodeFieldProps) {
  const { key, ...input } = getInputProps(field, { type: "text" });
  return (
    <div className="code-input">
      <Field
        key={key}
        label="Code"
        hint={hint}
        {...input}
        inputMode={orBackupCode ? "text" : "numeric"}
        autoComplete="one-time-code"
        autoCapitalize="none"
        spellCheck={false}
        autoFocus={autoFocus}
        errors={field.errors}
      />
    </div>
  );
}
