import { getFormProps, getTextareaProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { href, PrefetchPageLinks, useFetcher } from "react-router";
import { commentForm } from "#app/comments/comment.ts";
import { Prose } from "#app/markdown/prose.tsx";
import { MentionList } from "#app/mentions/mention-list.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { FormErrors, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";

interface CommentFormProps {
  postId: number;
  /** the comment that it answers; none for the post itself */
  replyTo?: { id: number; name: string };
  /** names the form, so that sending it twice makes one comment */
  submissionKey?: string;
  /** what the form begins with */
  text?: string;
  /** the same form with a quotation */
  quoteAt?: string;
  lastResult?: SubmissionResult<string[]>;
  /** said above the field */
  notice?: ReactNode;
  /** where giving up leads; nowhere for the form that is always there */
  cancelTo?: string;
  onSent?: () => void;
}

interface CommentAnswer {
  lastResult: SubmissionResult<string[]>;
  /** the comment as it would look, where that was asked for */
  preview?: string | null;
}

/** The form for a comment or a reply. */
export function CommentForm(props: CommentFormProps) {
  const { postId, replyTo, text, quoteAt, lastResult, notice, cancelTo, onSent } = props;
  const fetcher = useFetcher<CommentAnswer>();
  // The page's next key is another one; this form keeps the one that it was sent with.
  const [submissionKey] = useState(props.submissionKey);
  const preview = fetcher.data?.preview;
  const [form, fields] = useForm({
    id: replyTo ? `reply-${replyTo.id}` : "comment",
    lastResult: preview ? undefined : (fetcher.data?.lastResult ?? lastResult),
    defaultValue: { body: text },
    onValidate: ({ formData }) => parseWithZod(formData, { schema: commentForm }),
    shouldRevalidate: "onInput",
  });
  useWhenSent(fetcher, onSent);
  const { key, ...body } = getTextareaProps(fields.body);
  const textarea = useRef<HTMLTextAreaElement>(null);
  const [writing, setWriting] = useState(false);
  const action = href("/p/:postId/comments", { postId: String(postId) });
  const busy = fetcher.state !== "idle";
  return (
    <fetcher.Form method="post" action={action} className="comment-form" {...getFormProps(form)}>
      {/* What sending needs is here before there is anything to lose. */}
      {writing && <PrefetchPageLinks page={action} />}
      <FormErrors id={form.errorId} errors={form.errors ?? fields.parentId.errors} />
      {notice}
      {replyTo && <input type="hidden" name="parentId" value={replyTo.id} />}
      {submissionKey && <input type="hidden" name="submissionKey" value={submissionKey} />}
      <TextField
        key={key}
        label={replyTo ? `Reply to ${replyTo.name}` : "Add a comment"}
        {...body}
        ref={textarea}
        className="input comment-input"
        dir="auto"
        onFocus={() => setWriting(true)}
        autoFocus={replyTo !== undefined || fields.body.errors !== undefined}
        errors={fields.body.errors}
      />
      <MentionList textarea={textarea} postId={postId} />
      <div className="actions">
        <BusyButton busy={busy}>{replyTo ? "Reply" : "Comment"}</BusyButton>
        <button type="submit" className={buttonClass("plain")} formAction={`${action}?preview`}>
          Preview
        </button>
        {quoteAt && (
          <Link className={buttonClass("quiet")} to={quoteAt} preventScrollReset>
            Quote
          </Link>
        )}
        {cancelTo && (
          <Link className={buttonClass("quiet")} to={cancelTo} preventScrollReset>
            Cancel
          </Link>
        )}
        <span className="muted comment-hint">Markdown works here too.</span>
      </div>
      {preview && <CommentPreview html={preview} />}
    </fetcher.Form>
  );
}

/** A comment as its page will show it. */
export function CommentPreview({ html, children }: { html: string; children?: ReactNode }) {
  return (
    <section
      className="comment-preview"
      aria-label="Preview"
      tabIndex={-1}
      // A text of its own each time: what is shown anew is said anew.
      key={html}
      ref={(element) => element?.focus()}
    >
      {children}
      <Prose html={html} small />
    </section>
  );
}

/** A comment that was taken is answered by its own address; whatever else is answered is new to the form. */
function useWhenSent({ state, data }: { state: string; data: unknown }, onSent?: () => void): void {
  const sent = useRef<{ answerBefore: unknown } | null>(null);
  useEffect(() => {
    if (state !== "idle") sent.current ??= { answerBefore: data };
    else if (sent.current) {
      const isAnswered = data !== sent.current.answerBefore;
      sent.current = null;
      if (!isAnswered) onSent?.();
    }
  }, [state, data, onSent]);
}

/** The form is sent beside the page, so that the button looks at the form instead of the navigation. */
function BusyButton({ busy, children }: { busy: boolean; children: string }) {
  return (
    <button
      type="submit"
      className={buttonClass()}
      aria-disabled={busy || undefined}
      onClick={busy ? (event) => event.preventDefault() : undefined}
    >
      {busy ? "Sending" : children}
    </button>
  );
}
