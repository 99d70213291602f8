import type { ReactNode } from "react";
import { commentPath, type ShownComment, threadPath } from "#app/comments/comment.ts";
import { type CommentView, replyPath } from "#app/comments/comment-order.ts";
import { Prose } from "#app/markdown/prose.tsx";
import { ModerateComment } from "#app/moderation/moderate-row.tsx";
import type { Removal } from "#app/moderation/removal.ts";
import { RemovalReason } from "#app/moderation/removal-reason.tsx";
import { CommentReaction } from "#app/reactions/reaction-button.tsx";
import { Link } from "#app/ui/link.tsx";
import { ShareLink } from "#app/ui/share-link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import { Byline } from "#app/users/byline.tsx";
import { isGone } from "#app/users/user.ts";

interface CommentProps {
  comment: ShownComment;
  /** the post's own address */
  path: string;
  view: Omit<CommentView, "after">;
  visitor: boolean;
  canReply: boolean;
  /** whether the viewer is a moderator */
  moderating: boolean;
  /** why it was removed, where the viewer reads it all the same */
  removal?: Removal;
  /** the form of a reply to it */
  children?: ReactNode;
}

/** A comment in its conversation. */
export function Comment({ children, ...props }: CommentProps) {
  const { comment, path, view } = props;
  const { id, depth, muted, continues, content } = comment;
  const isThreads = view.thread === id;
  const whole = content && <Whole {...props} comment={{ ...comment, content }} />;
  return (
    <article
      id={`comment-${id}`}
      data-comment-id={id}
      data-depth={Math.max(depth, 0)}
      data-above={depth < 0 || undefined}
      className="comment"
      aria-current={isThreads || undefined}
      tabIndex={isThreads ? -1 : undefined}
    >
      {isThreads && <p className="sr-only">This is the comment that you came for.</p>}
      {!whole && <p className="muted comment-gone">This comment was deleted.</p>}
      {whole && muted && (
        <details className="comment-muted">
          <summary className="muted">Muted: a comment by somebody whom you muted</summary>
          {whole}
        </details>
      )}
      {whole && !muted && whole}
      {children}
      {continues && (
        <p className="comment-continues">
          <Link className="text-link" to={threadPath(path, id)}>
            Continue this thread
          </Link>
        </p>
      )}
    </article>
  );
}

type WholeProps = Omit<CommentProps, "comment" | "children"> & {
  comment: ShownComment & { content: NonNullable<ShownComment["content"]> };
};

function Whole({ comment, path, view, visitor, canReply, moderating, removal }: WholeProps) {
  const { id, parent, content, createdAt, editedAt, own, removed } = comment;
  const { name } = content.author;
  return (
    <>
      <Byline author={content.author} at={createdAt} to={commentPath(id)} />
      {parent && <p className="sr-only">In reply to {parent.name}</p>}
      {removed && <Removed comment={comment} removal={removal} />}
      <Prose html={content.html} small />
      <div className="comment-meta muted">
        {!removed && <CommentReaction comment={comment} name={name} visitor={visitor} />}
        {canReply && (
          <Link className="comment-act" to={replyPath(path, view, id)} preventScrollReset>
            Reply<span className="sr-only"> to {name}</span>
          </Link>
        )}
        {own && !removed && (
          <>
            <Link className="comment-act" to={`${commentPath(id)}/edit`}>
              Edit<span className="sr-only"> your comment</span>
            </Link>
            <Link className="comment-act" to={`${commentPath(id)}/delete`}>
              Delete<span className="sr-only"> your comment</span>
            </Link>
          </>
        )}
        {moderating && <ModerateComment comment={comment} name={name} />}
        <ShareLink path={commentPath(id)} of={`the comment by ${name}`} />
        {!visitor && !own && !isGone(content.author.username) && (
          <Link className="comment-act" to={`${commentPath(id)}/report`}>
            Report<span className="sr-only"> the comment by {name}</span>
          </Link>
        )}
        {editedAt && (
          <Link className="comment-edited" to={`${commentPath(id)}/history`}>
            edited <TimeAgo at={editedAt} />
          </Link>
        )}
      </div>
    </>
  );
}

/** Why not everyone reads it; only its author and moderators do then. */
function Removed({ comment: { own, held }, removal }: { comment: ShownComment; removal: Removal | undefined }) {
  const who = own ? "you" : "its author";
  return (
    <div className="notice">
      <p>
        {held
          ? `This comment waits for a moderator’s look. Until then only ${who} and moderators read it.`
          : `A moderator removed this comment. Only ${who} and moderators still read it.`}
      </p>
      {!held && removal && <RemovalReason removal={removal} own={own} />}
    </div>
  );
}
