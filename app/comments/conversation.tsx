import type { ReactNode } from "react";
import { href } from "react-router";
import { commentLimits, type ShownComment } from "#app/comments/comment.ts";
import { CommentForm } from "#app/comments/comment-form.tsx";
import { Prose } from "#app/markdown/prose.tsx";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { ShareLink } from "#app/ui/share-link.tsx";
import { Byline } from "#app/users/byline.tsx";

interface ConversationProps {
  postId: number;
  /** the post's own address */
  path: string;
  comments: ShownComment[];
  /** username of whoever takes part; null for visitors */
  viewer: string | null;
  /** id of the comment whose reply form is shown */
  replyingTo: number | null;
}

/** The comments under a post, and the forms to join in. */
export function Conversation({ postId, path, comments, viewer, replyingTo }: ConversationProps) {
  const count = comments.filter(({ content }) => content).length;
  const open = viewer !== null && count < commentLimits.perPost;
  // A form starts anew when what was written in it stands above; other people's comments leave it alone.
  const ownThreads = comments.filter(({ depth, content }) => depth === 0 && content?.author.username === viewer).length;
  return (
    <section id="comments" aria-labelledby="comments-title" className="comments">
      <h2 id="comments-title" className="comments-title">
        {count === 0 ? "No comments yet" : count === 1 ? "1 comment" : `${count.toLocaleString("en")} comments`}
      </h2>
      {comments.map((comment) => (
        <Comment key={comment.id} comment={comment} path={path} canReply={open}>
          {open && replyingTo === comment.id && comment.content && (
            <CommentForm
              postId={postId}
              replyTo={{ id: comment.id, name: comment.content.author.name }}
              cancelTo={`${path}#comment-${comment.id}`}
            />
          )}
        </Comment>
      ))}
      {count >= commentLimits.perPost && (
        <p className="muted">This conversation holds {count.toLocaleString("en")} comments and is full.</p>
      )}
      {open && <CommentForm key={ownThreads} postId={postId} />}
      {!viewer && (
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
  const { id, depth, parent, content, createdAt, edited, muted } = comment;
  const words = content && (
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
        <ShareLink path={`${path}#comment-${id}`} of={`the comment by ${content.author.name}`} />
      </p>
    </>
  );
  return (
    <article
      id={`comment-${id}`}
      data-comment-id={id}
      data-depth={Math.min(depth, commentLimits.depth)}
      className="comment"
    >
      {!content && <p className="muted comment-gone">This comment was deleted.</p>}
      {content && muted && (
        <details className="comment-muted">
          <summary className="muted">By somebody whom you muted</summary>
          {words}
        </details>
      )}
      {content && !muted && words}
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
