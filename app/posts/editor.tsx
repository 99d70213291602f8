import { getFormProps, getInputProps, getTextareaProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type MouseEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { Form, href } from "react-router";
import { MentionList } from "#app/mentions/mention-list.tsx";
import { MarkdownHelp } from "#app/posts/markdown-help.tsx";
import { type EditorNotice, type Previewed, postForm, postLimits, type WrittenPost } from "#app/posts/post-form.ts";
import { PostView } from "#app/posts/post-view.tsx";
import { requestPreview } from "#app/posts/request-preview.ts";
import { TagsField } from "#app/tags/tags-field.tsx";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors, TextField } from "#app/ui/field.tsx";
import { PictureField } from "#app/uploads/picture-field.tsx";

export interface EditorProps {
  values: WrittenPost;
  /** the post that is being changed, and the version that the person saw */
  editing?: { postId: number; version: number; published: boolean };
  /** names a new post's form, so that sending it twice makes one post */
  submissionKey?: string;
  lastResult?: SubmissionResult<string[]>;
  notice?: EditorNotice | null;
  /** said above the form */
  children?: ReactNode;
}

/** The form that posts are written in. Every button also works without scripts. */
export function Editor({ values, editing, submissionKey, lastResult, notice, children }: EditorProps) {
  const [preview, setPreview] = useState<Previewed | null>(null);
  const [composing, setComposing] = useState(false);
  const [answered, setAnswered] = useState(lastResult);
  if (answered !== lastResult) {
    // The form was sent meanwhile: its answer is about the fields.
    setAnswered(lastResult);
    setPreview(null);
  }
  const [form, fields] = useForm({
    id: "post",
    lastResult: preview && !preview.composed ? preview.lastResult : lastResult,
    defaultValue: values,
    onValidate: ({ formData }) => parseWithZod(withoutFile(formData), { schema: postForm }),
    shouldRevalidate: "onInput",
  });
  const body = useRef<HTMLTextAreaElement>(null);
  const firstWrong = [fields.title, fields.body, fields.tags, fields.url].find((field) => field.errors)?.name;
  const composed = firstWrong ? null : preview?.composed;
  const { key: titleKey, ...title } = getInputProps(fields.title, { type: "text" });
  const { key: urlKey, ...url } = getInputProps(fields.url, { type: "url" });
  const { key: bodyKey, ...text } = getTextareaProps(fields.body);

  const shown = useRef<HTMLElement>(null);
  useEffect(() => {
    if (preview?.composed) shown.current?.focus();
  }, [preview]);

  async function showPreview(event: MouseEvent<HTMLButtonElement>) {
    const element = event.currentTarget.form;
    if (!element) return;
    event.preventDefault();
    setComposing(true);
    setPreview(await requestPreview(withoutFile(new FormData(element))));
    setComposing(false);
  }

  function keepWriting() {
    setPreview(null);
    // The text is drawn again by then.
    requestAnimationFrame(() => body.current?.focus());
  }

  return (
    <Form
      method="post"
      action={editing ? href("/p/:postId/edit", { postId: String(editing.postId) }) : href("/new")}
      encType="multipart/form-data"
      className="editor"
      {...getFormProps(form)}
    >
      {children}
      <FormErrors id={form.errorId} errors={form.errors ?? lastResult?.error?.status ?? undefined} />
      {notice?.pictureAdded && (
        <p className="notice" role="status">
          Your picture stands at the end of the text. Write what it shows between the square brackets, and move the line
          where you want it. Nothing has been saved yet.
        </p>
      )}
      {composed && (
        <section className="preview" aria-label="Preview" tabIndex={-1} ref={shown}>
          <PostView {...composed} />
        </section>
      )}
      <div className="editor-fields" hidden={Boolean(composed)}>
        <Field
          key={titleKey}
          label="Title"
          {...title}
          className="title-input"
          placeholder="Title"
          maxLength={postLimits.maxTitle}
          dir="auto"
          autoComplete="off"
          autoFocus={firstWrong === "title"}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
            event.preventDefault();
            body.current?.focus();
          }}
          errors={fields.title.errors}
        />
        <TextField
          key={bodyKey}
          label="Text"
          {...text}
          ref={body}
          className="body-input"
          placeholder="Write in Markdown"
          dir="auto"
          autoFocus={firstWrong === "body"}
          errors={fields.body.errors}
        />
        <MentionList textarea={body} postId={editing?.postId} />
        <MarkdownHelp />
        <PictureField id="post-image" textarea={body} errors={lastResult?.error?.image ?? undefined} />
        <TagsField key={fields.tags.key} field={fields.tags} autoFocus={firstWrong === "tags"} />
        <Field
          key={urlKey}
          label="Link"
          hint="If the post is about something elsewhere on the web. Otherwise leave it empty."
          {...url}
          inputMode="url"
          placeholder="https://"
          autoFocus={firstWrong === "url"}
          errors={fields.url.errors}
        />
      </div>
      {submissionKey && <input type="hidden" name="submissionKey" value={submissionKey} />}
      {editing && <input type="hidden" name="postId" value={editing.postId} />}
      {editing && <input type="hidden" name="version" value={editing.version} />}
      <div className="editor-actions">
        {composed ? (
          <button type="button" className="button plain" onClick={keepWriting}>
            Keep writing
          </button>
        ) : (
          <SubmitButton
            kind="plain"
            formAction={href("/preview")}
            formNoValidate
            onClick={showPreview}
            aria-busy={composing}
          >
            Preview
          </SubmitButton>
        )}
        {!editing?.published && (
          <SubmitButton kind="plain" name="status" value="draft" busyText="Saving">
            Save draft
          </SubmitButton>
        )}
        <SubmitButton name="status" value="published" busyText={editing?.published ? "Saving" : "Publishing"}>
          {editing?.published ? "Save changes" : "Publish"}
        </SubmitButton>
      </div>
    </Form>
  );
}

/** A preview and the checks before sending are about the texts. */
function withoutFile(form: FormData): FormData {
  form.delete("image");
  return form;
}
