import { useEffect, useState } from "react";
import { href, useLocation, useNavigationType } from "react-router";
import { type CommentPage, commentLimits, quoteOf, threadPath } from "#app/comments/comment.ts";
import { CommentForm } from "#app/comments/comment-form.tsx";
import {
  type CommentOrder,
  type CommentView,
  commentOrders,
  commentViewQuery,
  replyPath,
} from "#app/comments/comment-order.ts";
import { Comment } from "#app/comments/comment-view.tsx";
import type { Removal } from "#app/moderation/removal.ts";
import { GateNotice } from "#app/trust/gate-notice.tsx";
import type { Allowances } from "#app/trust/gates.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";

interface ConversationProps {
  post: { id: number; commentCount: number; locked: boolean };
  /** the post's own address */
  path: string;
  page: CommentPage;
  view: Omit<CommentView, "after"> & { paged: boolean };
  visitor: boolean;
  /** id of the comment whose reply form is shown */
  replyingTo: number | null;
  /** names the next comment's form, so that sending it twice makes one comment */
  submissionKey: string | undefined;
  /** what the gates let the viewer do; null for visitors */
  allowances: Allowances | null;
  /** whether the viewer is a moderator */
  moderating: boolean;
  /** why comments were removed that the viewer reads all the same */
  removals: Record<number, Removal>;
}

/** The comments under a post, and the forms to join in. */
export function Conversation(props: ConversationProps) {
  const { post, path, page, view, visitor, replyingTo, submissionKey, allowances, moderating, removals } = props;
  const { thread, order, paged } = view;
  const isFull = post.commentCount >= commentLimits.perPost;
  const taken = !isFull && !post.locked;
  const open = !visitor && taken && !allowances?.silencedUntil;
  const said = !visitor && taken && allowances && <GateNotice allowances={allowances} of="comment" />;
  const [sent, setSent] = useState(0);
  const here = path + commentViewQuery(view);
  const [first] = page.comments;
  useFocusOnTarget();
  return (
    <section id="comments" aria-labelledby="comments-title" className="comments">
      <h2 id="comments-title" className="comments-title">
        {countWords(post.commentCount)}
      </h2>
      {thread ? (
        <p className="comments-bar">
          <Link className="text-link" to={`${path}#comments`}>
            See the whole conversation
          </Link>
          {first && first.depth < 0 && first.parent && (
            <Link className="text-link" to={threadPath(path, first.id)}>
              What came before
            </Link>
          )}
        </p>
      ) : (
        post.commentCount > 1 && <Orders path={path} order={order} />
      )}
      {paged && (
        <p className="comments-bar">
          <Link className="text-link" to={`${here}#comments`}>
            Back to the first comments
          </Link>
        </p>
      )}
      {page.comments.map((comment) => (
        <Comment
          key={comment.id}
          comment={comment}
          path={path}
          view={view}
          visitor={visitor}
          canReply={open && !comment.removed}
          moderating={moderating}
          removal={removals[comment.id]}
        >
          {open && replyingTo === comment.id && comment.content && !comment.removed && (
            <CommentForm
              notice={said}
              key={page.quoted === null ? "reply" : "quote"}
              postId={post.id}
              replyTo={{ id: comment.id, name: comment.content.author.name }}
              submissionKey={submissionKey}
              text={page.quoted === null ? undefined : quoteOf(page.quoted)}
              quoteAt={page.quoted === null ? replyPath(path, view, comment.id, "&quote") : undefined}
              cancelTo={`${here}#comment-${comment.id}`}
            />
          )}
        </Comment>
      ))}
      {page.next && (
        <NextPage href={`${path}${commentViewQuery(view, page.next)}#comments`} label="More of the conversation" />
      )}
      {isFull && (
        <p className="muted">This conversation holds {post.commentCount.toLocaleString("en")} comments and is full.</p>
      )}
      {post.locked && <p className="notice">A moderator has locked this post: nobody comments on it any more.</p>}
      {!open && said}
      {/* A form starts anew when what was written in it was sent. */}
      {open && (
        <CommentForm
          key={sent}
          notice={said}
          postId={post.id}
          submissionKey={submissionKey}
          onSent={() => setSent(sent + 1)}
        />
      )}
      {visitor && taken && (
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

const orderNames: Record<CommentOrder, string> = { top: "Top", new: "Newest", old: "Oldest" };

function Orders({ path, order }: { path: string; order: CommentOrder }) {
  return (
    <nav className="comments-bar" aria-label="Order of the comments">
      {commentOrders.map((each) => (
        <Link
          key={each}
          className="comment-order"
          to={`${path}${commentViewQuery({ order: each, thread: null })}#comments`}
          aria-current={each === order ? "true" : undefined}
          preventScrollReset
        >
          {orderNames[each]}
        </Link>
      ))}
    </nav>
  );
}

function countWords(count: number): string {
  return count === 0 ? "No comments yet" : count === 1 ? "1 comment" : `${count.toLocaleString("en")} comments`;
}

/** With scripts a page is not loaded anew, and nobody but us moves the focus to the comment that an address names. */
function useFocusOnTarget(): void {
  const { hash, key } = useLocation();
  const isReturn = useNavigationType() === "POP";
  useEffect(() => {
    const target = !isReturn && key && /^#comment-\d+$/.test(hash) ? document.getElementById(hash.slice(1)) : null;
    // A reply's form in it has the focus already.
    if (!target || target.contains(document.activeElement)) return;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }, [hash, key, isReturn]);
}
