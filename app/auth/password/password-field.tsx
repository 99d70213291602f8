import { type FieldMetadata, getInputProps } from "@conform-to/react";
import { type ReactNode, useState } from "react";
import { Field } from "#app/ui/field.tsx";
import { useHydrated } from "#app/ui/use-hydrated.ts";

/** A password; where scripts run, a button shows it. What was typed never comes back from the server. */
export function PasswordField({
  field,
  label = "Password",
  hint,
  autoComplete,
  autoFocus,
}: {
  field: FieldMetadata<string> | FieldMetadata<string | undefined>;
  label?: string;
  hint?: ReactNode;
  autoComplete: "current-password" | "new-password";
  autoFocus?: boolean;
}) {
  const [shown, setShown] = useState(false);
  const scripts = useHydrated();
  const { key, ...input } = getInputProps(field, { type: shown ? "text" : "password" });
  return (
    <Field
      key={key}
      label={label}
      hint={hint}
      {...input}
      autoComplete={autoComplete}
      autoCapitalize="none"
      spellCheck={false}
      autoFocus={autoFocus}
      errors={field.errors}
      aside={
        scripts && (
          <button
            type="button"
            className="text-link field-button"
            aria-label={shown ? "Hide the password" : "Show the password"}
            onClick={() => setShown(!shown)}
          >
            {shown ? "Hide" : "Show"}
          </button>
        )
      }
    />
  );
}
