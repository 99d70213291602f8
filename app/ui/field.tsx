import type { ComponentProps, ReactNode } from "react";

interface FieldProps {
  label: string;
  /** what to enter, said before a mistake is made */
  hint?: ReactNode;
  /** from conform's field metadata: `getInputProps`' name, id and errors */
  errors?: string[];
  /** shown beside the label, right */
  aside?: ReactNode;
}

/** A labelled one-line input; its hint and errors are tied to it. */
export function Field({ label, hint, errors, aside, ...input }: FieldProps & ComponentProps<"input"> & { id: string }) {
  return (
    <Frame id={input.id} label={label} hint={hint} errors={errors} aside={aside}>
      <input className="input" {...input} {...described(input.id, hint, errors)} />
    </Frame>
  );
}

/** A labelled text of several lines. */
export function TextField({
  label,
  hint,
  errors,
  aside,
  ...input
}: FieldProps & ComponentProps<"textarea"> & { id: string }) {
  return (
    <Frame id={input.id} label={label} hint={hint} errors={errors} aside={aside}>
      <textarea className="input" {...input} {...described(input.id, hint, errors)} />
    </Frame>
  );
}

/** A labelled choice out of a few. */
export function SelectField({
  label,
  hint,
  errors,
  aside,
  children,
  ...input
}: FieldProps & ComponentProps<"select"> & { id: string }) {
  return (
    <Frame id={input.id} label={label} hint={hint} errors={errors} aside={aside}>
      <select className="input" {...input} {...described(input.id, hint, errors)}>
        {children}
      </select>
    </Frame>
  );
}

/** What is wrong with the form as a whole; takes the focus when it appears. */
export function FormErrors({ id, errors }: { id: string; errors: string[] | undefined }) {
  if (!errors?.length) return null;
  return (
    <div id={id} className="form-errors" role="alert" tabIndex={-1} ref={(element) => element?.focus()}>
      {errors.map((error) => (
        <p key={error}>{error}</p>
      ))}
    </div>
  );
}

function Frame({ id, label, hint, errors, aside, children }: FieldProps & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <div className="field-head">
        <label htmlFor={id}>{label}</label>
        {aside}
      </div>
      {hint && (
        <p className="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
      {errors && errors.length > 0 && (
        <p className="field-error" id={`${id}-error`}>
          {errors.join(" ")}
        </p>
      )}
    </div>
  );
}

function described(id: string, hint: ReactNode, errors: string[] | undefined) {
  const wrong = Boolean(errors?.length);
  const ids = [hint && `${id}-hint`, wrong && `${id}-error`].filter(Boolean).join(" ");
  return { "aria-invalid": wrong || undefined, "aria-describedby": ids || undefined };
}
