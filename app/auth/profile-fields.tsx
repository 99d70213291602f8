import { type FieldMetadata, type FormMetadata, getInputProps } from "@conform-to/react";
import { useState } from "react";
import { UsernameField } from "#app/auth/username-field.tsx";
import { Field } from "#app/ui/field.tsx";

interface ProfileFieldsProps {
  form: Pick<FormMetadata, "update">;
  fields: { username: FieldMetadata<string>; name: FieldMetadata<string> };
  /** free usernames */
  suggestions: string[];
  /** what else there is to say of the name */
  nameHint: string;
  /** the first field that is wrong, which has the focus */
  firstWrong: string | undefined;
}

/** Who somebody new will be here; the usernames that are offered follow the name as it is typed. */
export function ProfileFields({ form, fields, suggestions, nameHint, firstWrong }: ProfileFieldsProps) {
  const { key, ...nameInput } = getInputProps(fields.name, { type: "text" });
  const [name, setName] = useState(fields.name.initialValue ?? "");
  return (
    <>
      <UsernameField
        field={fields.username}
        name={name}
        suggestions={suggestions}
        onPick={(username) => form.update({ name: fields.username.name, value: username })}
        autoFocus={firstWrong === fields.username.name}
      />
      <Field
        key={key}
        label="Name"
        hint={`In any script, as you sign what you write.${nameHint && ` ${nameHint}`}`}
        {...nameInput}
        autoComplete="name"
        autoFocus={firstWrong === fields.name.name}
        onBlur={(event) => setName(event.target.value.trim())}
        errors={fields.name.errors}
      />
    </>
  );
}
