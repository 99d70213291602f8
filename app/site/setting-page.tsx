import { type FieldMetadata, type FormMetadata, getFormProps, getInputProps } from "@conform-to/react";
import type { ReactNode } from "react";
import { Form, href } from "react-router";
import { ReasonField } from "#app/moderation/reason-field.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass, SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";

interface SettingPageProps<Schema extends Record<string, unknown>> {
  title: string;
  /** what is said before the form: what the change does */
  before?: ReactNode;
  form: FormMetadata<Schema, string[]>;
  reason: FieldMetadata<string>;
  /** the words on the button */
  save?: string;
  /** the fields of the group */
  children: ReactNode;
}

/** The page on which a group of the site's settings is changed, with the reason that every change has. */
export function SettingPage<Schema extends Record<string, unknown>>({
  title,
  before,
  form,
  reason,
  save = "Save",
  children,
}: SettingPageProps<Schema>) {
  return (
    <PageColumns>
      <h1 className="page-title">{title}</h1>
      {before}
      <Form method="post" className="form" {...getFormProps(form)}>
        <FormErrors id={form.errorId} errors={form.errors} />
        {children}
        <ReasonField field={reason} hint="It stays in the site's records." />
        <p className="actions">
          <Link className={buttonClass("quiet")} to={href("/admin/settings")}>
            Cancel
          </Link>
          <SubmitButton busyText="Saving">{save}</SubmitButton>
        </p>
      </Form>
    </PageColumns>
  );
}

/** What a change does, a sentence a line. */
export function WhatWillHappen({ children }: { children: ReactNode }) {
  return (
    <>
      <h2 className="act-effects-title">What will happen</h2>
      <ul className="act-effects">{children}</ul>
    </>
  );
}

interface NumberFieldProps<Value> {
  field: FieldMetadata<Value>;
  label: string;
  hint: string;
  /** with a fraction */
  decimal?: boolean;
  autoFocus?: boolean;
}

/** A number, typed as text: what is no number comes back as it was typed, with what is wrong. */
export function NumberField<Value>({ field, decimal = false, ...words }: NumberFieldProps<Value>) {
  const { key, ...input } = getInputProps(field, { type: "text" });
  return (
    <Field
      key={key}
      {...words}
      {...input}
      inputMode={decimal ? "decimal" : "numeric"}
      autoComplete="off"
      errors={field.errors}
    />
  );
}
