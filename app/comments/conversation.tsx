import type { ReactNode } from "react";
import { href } from "react-router";
import { commentLimits, type ShownComment } from "#app/comments/comment.ts";
import { CommentForm } from "#app/comments/comment-form.tsx";
import { Prose } from "#app/markdown/prose.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { Byline } from "#app/users/byline.tsx";

interface ConversationProps {
  postId: number;
  /** the post's own address */
  path: string;
  comments: ShownComment[];
  /** whether the viewer may take part: signed in, and the post is published */
  open: boolean;
  visitor: boolean;
  /** id of the comment whose reply form is shown */
  replyingTo: number | null;
}

/** The comments under a post, and the forms to join in. */
export function Conversation({ postId, path, comments, open, visitor, replyingTo }: ConversationProps) {
  const count = comments.filter(({ content }) => content).length;
  const full = count >= commentLimits.perPost;
  return (
    <section id="comments" aria-labelledby="comments-title" className="comments">
      <h2 id="comments-title" className="comments-title">
        {count === 0 ? "No comments yet" : count === 1 ? "1 comment" : `${count.toLocaleString("en")} comments`}
      </h2>
      {comments.map((comment) => (
        <Comment key={comment.id} comment={comment} path={path} canReply={open && !full}>
          {open && replyingTo === comment.id && comment.content && (
            <CommentForm
              postId={postId}
              replyTo={{ id: comment.id, name: comment.content.author.name }}
              cancelTo={`${path}#comment-${comment.id}`}
            />
          )}
        </Comment>
      ))}
      {full && <p className="muted">This conversation holds {count.toLocaleString("en")} comments and is full.</p>}
      {open && !full && <CommentForm key={comments.length} postId={postId} />}
      {visitor && (
        <p className="comments-join">
          <Link
            className={buttonClass("plain")}
            to={`${href("/sign-in")}?redirectTo=${encodeURIComponent(`${path}#comments`)}`}
          >
            Sign in to comment
          </Link>
        </p>
      )}
    </section>
  );
}

function Comment({
  comment,
  path,
  canReply,
  children,
}: {
  comment: ShownComment;
  path: string;
  canReply: boolean;
  children: ReactNode;
}) {
  const { id, depth, parent, content, createdAt, edited } = comment;
  return (
    <article
      id={`comment-${id}`}
      data-comment-id={id}
      data-depth={Math.min(depth, commentLimits.depth)}
      className="comment"
    >
      {content ? (
        <>
          <Byline author={content.author} at={createdAt} />
          {parent && <InReplyTo parent={parent} tooDeep={depth > commentLimits.depth} />}
          <Prose html={content.html} small />
          <p className="comment-meta muted">
            {edited && <span>Edited</span>}
            {canReply && (
              <Link className="comment-reply" to={`${path}?reply=${id}#comment-${id}`} preventScrollReset>
                Reply<span className="sr-only"> to {content.author.name}</span>
              </Link>
            )}
          </p>
        </>
      ) : (
        <p className="muted comment-gone">This comment was taken away.</p>
      )}
      {children}
    </article>
  );
}

/** The indent shows it; it is said to those who do not see the indent, and shown where that has its end. */
function InReplyTo({ parent, tooDeep }: { parent: { id: number; name: string }; tooDeep: boolean }) {
  if (!tooDeep) return <p className="sr-only">In reply to {parent.name}</p>;
  return (
    <p className="muted comment-parent">
      In reply to{" "}
      <a className="text-link" href={`#comment-${parent.id}`}>
        <bdi>{parent.name}</bdi>
      </a>
    </p>
  );
}
