import { getFormProps, getTextareaProps, type SubmissionResult, useForm } from "@conform-to/react";
import { parseWithZod } from "@conform-to/zod/v4";
import { useRef, useState } from "react";
import { href, PrefetchPageLinks, useFetcher } from "react-router";
import { commentForm } from "#app/comments/comment.ts";
import { MentionList } from "#app/mentions/mention-list.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { FormErrors, TextField } from "#app/ui/field.tsx";
import { Link } from "#app/ui/link.tsx";

interface CommentFormProps {
  postId: number;
  /** the comment that it answers; none for the post itself */
  replyTo?: { id: number; name: string };
  lastResult?: SubmissionResult<string[]>;
  /** where giving up leads; nowhere for the form that is always there */
  cancelTo?: string;
}

/** The form for a comment or a reply. */
export function CommentForm({ postId, replyTo, lastResult, cancelTo }: CommentFormProps) {
  const fetcher = useFetcher<{ lastResult: SubmissionResult<string[]> }>();
  const [form, fields] = useForm({
    id: replyTo ? `reply-${replyTo.id}` : "comment",
    lastResult: fetcher.data?.lastResult ?? lastResult,
    onValidate: ({ formData }) => parseWithZod(formData, { schema: commentForm }),
    shouldRevalidate: "onInput",
  });
  const { key, ...body } = getTextareaProps(fields.body);
  const text = useRef<HTMLTextAreaElement>(null);
  const [writing, setWriting] = useState(false);
  const action = href("/p/:postId/comments", { postId: String(postId) });
  return (
    <fetcher.Form method="post" action={action} className="comment-form" {...getFormProps(form)}>
      {/* What sending needs is here before there is anything to lose. */}
      {writing && <PrefetchPageLinks page={action} />}
      <FormErrors id={form.errorId} errors={form.errors ?? fields.parentId.errors} />
      {replyTo && <input type="hidden" name="parentId" value={replyTo.id} />}
      <TextField
        key={key}
        label={replyTo ? `Reply to ${replyTo.name}` : "Add a comment"}
        {...body}
        ref={text}
        className="input comment-input"
        dir="auto"
        onFocus={() => setWriting(true)}
        autoFocus={replyTo !== undefined || fields.body.errors !== undefined}
        errors={fields.body.errors}
      />
      <MentionList textarea={text} postId={postId} />
      <div className="actions">
        <BusyButton busy={fetcher.state !== "idle"}>{replyTo ? "Reply" : "Comment"}</BusyButton>
        {cancelTo && (
          <Link className={buttonClass("quiet")} to={cancelTo} preventScrollReset>
            Cancel
          </Link>
        )}
        <span className="muted comment-hint">Markdown works here too.</span>
      </div>
    </fetcher.Form>
  );
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
