import { getFormProps, getInputProps, getTextareaProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type FormEvent, type MouseEvent, type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { Form, href } from "react-router";
import { MentionList } from "#app/mentions/mention-list.tsx";
import { growWithText, onTextKey } from "#app/posts/editor-keys.ts";
import type { Basis, Standing } from "#app/posts/kept-text.ts";
import { MarkdownHelp } from "#app/posts/markdown-help.tsx";
import { FoundOnDevice, NewerText } from "#app/posts/other-texts.tsx";
import { type EditorNotice, type Previewed, postForm, postLimits, type WrittenPost } from "#app/posts/post-form.ts";
import { PostView } from "#app/posts/post-view.tsx";
import { requestPreview } from "#app/posts/request-preview.ts";
import { SaveState } from "#app/posts/save-state.tsx";
import { textIn, useDraftKeeper } from "#app/posts/use-draft-keeper.ts";
import { useRootData } from "#app/site/root-data.ts";
import { TagsField } from "#app/tags/tags-field.tsx";
import { GateNotice } from "#app/trust/gate-notice.tsx";
import type { Allowances } from "#app/trust/gates.ts";
import { SubmitButton } from "#app/ui/button.tsx";
import { Field, FormErrors, TextField } from "#app/ui/field.tsx";
import { PictureDescriptions } from "#app/uploads/picture-descriptions.tsx";
import { PictureField } from "#app/uploads/picture-field.tsx";
import { usePictures } from "#app/uploads/use-pictures.ts";

export interface EditorProps {
  /** what the site has, and the form is filled with */
  values: WrittenPost;
  /** the post that is being changed, and the state of it that the person saw */
  editing?: { postId: number; basis: Basis; published: boolean };
  /** names a new post's form, so that sending it twice makes one post */
  submissionKey?: string;
  lastResult?: SubmissionResult<string[]>;
  notice?: EditorNotice | null;
  /** what was saved elsewhere since the person began */
  newer?: Standing | null;
  /** what the gates let the person do */
  allowances: Allowances;
  /** said above the form */
  children?: ReactNode;
}

/** The form that posts are written in. Every button also works without scripts. */
export function Editor(props: EditorProps) {
  const { values, editing, submissionKey, lastResult, notice, newer, allowances, children } = props;
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
  const element = useRef<HTMLFormElement>(null);
  const pictures = usePictures(body);
  const keeping = useDraftKeeper(element, {
    userId: useRootData().viewer?.id ?? "",
    postId: editing?.postId ?? null,
    submissionKey,
    saved: values,
    basis: editing?.basis ?? { version: 0, revision: 0 },
    newer: newer ?? undefined,
  });
  const { keeper, state, found } = keeping;
  const wrong = [fields.title, fields.body, fields.tags, fields.url, fields.warning].find((field) => field.errors);
  const firstWrong = wrong?.name;
  const composed = firstWrong ? null : preview?.composed;
  const { key: titleKey, ...title } = getInputProps(fields.title, { type: "text" });
  const { key: urlKey, ...url } = getInputProps(fields.url, { type: "url" });
  const { key: bodyKey, ...text } = getTextareaProps(fields.body);
  const { key: warningKey, ...warning } = getInputProps(fields.warning, { type: "text" });
  const { onSubmit: validate, ...formProps } = getFormProps(form);
  const address = editing ? href("/p/:postId/edit", { postId: String(editing.postId) }) : href("/new");

  const shown = useRef<HTMLElement>(null);
  useEffect(() => {
    if (preview?.composed) shown.current?.focus();
  }, [preview]);

  useEffect(() => {
    const field = body.current;
    if (!field) return;
    const grow = () => growWithText(field);
    grow();
    field.addEventListener("keydown", onTextKey);
    field.addEventListener("input", grow);
    return () => {
      field.removeEventListener("keydown", onTextKey);
      field.removeEventListener("input", grow);
    };
  }, []);

  async function showPreview(event: MouseEvent<HTMLButtonElement>) {
    const sent = event.currentTarget.form;
    if (!sent) return;
    event.preventDefault();
    setComposing(true);
    await pictures.settled();
    setPreview(await requestPreview(withoutFile(new FormData(sent))));
    setComposing(false);
  }

  /** The form goes when nothing else of it is on its way: it says then which state of the post it knows. */
  async function sendAlone(event: FormEvent<HTMLFormElement>) {
    validate(event);
    const { currentTarget: sent, nativeEvent } = event;
    if (event.defaultPrevented) return;
    if (!keeper.isBusy && !pictures.isBusy) return void keeper.pause();
    event.preventDefault();
    await pictures.settled();
    await keeper.pause();
    // The hidden fields are drawn again by then.
    const submitter = nativeEvent instanceof SubmitEvent ? nativeEvent.submitter : null;
    setTimeout(() => sent.requestSubmit(submitter));
  }

  function decide() {
    if (element.current) keeper.decide(textIn(element.current));
    body.current?.focus();
  }

  function keepWriting() {
    setPreview(null);
    // The text is drawn again by then.
    requestAnimationFrame(() => body.current?.focus());
  }

  return (
    <Form
      method="post"
      action={address}
      encType="multipart/form-data"
      className="editor"
      ref={element}
      {...formProps}
      onSubmit={sendAlone}
      onKeyDown={(event) => {
        if (!(event.metaKey || event.ctrlKey) || event.key.toLowerCase() !== "s") return;
        event.preventDefault();
        void keeper.keepNow();
      }}
    >
      <GateNotice allowances={allowances} of="post" />
      {children}
      {found && <FoundOnDevice found={found} address={address} onDiscard={keeping.discardFound} />}
      {state.newer && (
        <NewerText
          newer={state.newer}
          onKeepMine={decide}
          onTakeOther={() => {
            if (state.newer) keeping.fill(state.newer.text);
            decide();
          }}
        />
      )}
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
          aside={<RoomLeft textarea={body} />}
          onPaste={(event) => {
            // Word processors copy a picture of the words beside the words.
            if (event.clipboardData.files.length === 0 || event.clipboardData.getData("text/plain")) return;
            event.preventDefault();
            pictures.add(event.clipboardData.files);
          }}
          errors={fields.body.errors}
        />
        <MentionList textarea={body} postId={editing?.postId} />
        <SaveState state={state} published={Boolean(editing?.published)} />
        <MarkdownHelp />
        <PictureField id="post-image" pictures={pictures} errors={lastResult?.error?.image ?? undefined} />
        <PictureDescriptions textarea={body} />
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
        <Field
          key={warningKey}
          label="Content warning"
          hint="A few words, if readers should be asked before they see the text. Otherwise leave it empty."
          {...warning}
          maxLength={postLimits.maxWarning}
          dir="auto"
          autoComplete="off"
          autoFocus={firstWrong === "warning"}
          errors={fields.warning.errors}
        />
      </div>
      {submissionKey && <input type="hidden" name="submissionKey" value={state.submissionKey} />}
      {editing && <input type="hidden" name="postId" value={editing.postId} />}
      {state.basis.version > 0 && <input type="hidden" name="version" value={state.basis.version} />}
      {editing?.published && <input type="hidden" name="revision" value={state.basis.revision} />}
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

const nearlyFull = postLimits.maxBody - 2_000;

/** How much room is left, once there is little. */
function RoomLeft({ textarea }: { textarea: RefObject<HTMLTextAreaElement | null> }) {
  const [length, setLength] = useState(0);
  useEffect(() => {
    const field = textarea.current;
    const count = () => setLength(Math.max(nearlyFull, field?.value.length ?? 0));
    count();
    field?.addEventListener("input", count);
    return () => field?.removeEventListener("input", count);
  }, [textarea]);
  if (length <= nearlyFull) return null;
  const left = postLimits.maxBody - length;
  const words =
    left >= 0 ? `${left.toLocaleString("en-GB")} characters left` : `${(-left).toLocaleString("en-GB")} too many`;
  return <span className="muted">{words}</span>;
}

/** A preview and the checks before sending are about the texts. */
function withoutFile(form: FormData): FormData {
  form.delete("image");
  return form;
}
