import { href } from "react-router";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { useToggle } from "#app/ui/use-toggle.ts";

/** What people react to, as the viewer sees it. */
interface Reactable {
  id: number;
  reacted: boolean;
  reactionCount: number;
  own: boolean;
}

interface ReactionButtonProps {
  post: Reactable;
  /** the post's own address */
  path: string;
  visitor: boolean;
}

/** How many people like a post, and for members the button to be one of them: it shows at once what was pressed. */
export function ReactionButton({ post, path, visitor }: ReactionButtonProps) {
  const { Form, on, failed } = useToggle(`reaction-${post.id}`, post.reacted);
  const count = countWith(post, on);
  const words = (
    <span className="reaction-count">
      {count.toLocaleString("en")} {count === 1 ? "person likes" : "people like"} this
    </span>
  );
  if (post.own || visitor) {
    return (
      <div className="reaction">
        <span className="reaction-mark">
          <Icon name="heart" />
        </span>
        {words}
        {visitor && (
          <Link className="text-link" to={`${href("/sign-in")}?redirectTo=${encodeURIComponent(path)}`}>
            Sign in to like it
          </Link>
        )}
      </div>
    );
  }
  return (
    <Form method="post" action={href("/p/:postId/reaction", { postId: String(post.id) })} className="reaction">
      <input type="hidden" name="on" value={String(!on)} />
      <button type="submit" className="button plain reaction-button" aria-pressed={on}>
        <Icon name={on ? "heart-filled" : "heart"} />
        Like
      </button>
      {words}
      {failed && <NotSaved />}
    </Form>
  );
}

/** The same for a comment, in one word and a number: a page shows 200 of them. */
export function CommentReaction({ comment, name, visitor }: { comment: Reactable; name: string; visitor: boolean }) {
  const { Form, on, failed } = useToggle(`comment-reaction-${comment.id}`, comment.reacted);
  const count = countWith(comment, on);
  if (comment.own || visitor) {
    if (count === 0) return null;
    return (
      <span className="count">
        <Icon name="heart" />
        <span className="sr-only">Likes: </span>
        {count}
      </span>
    );
  }
  return (
    <Form method="post" action={`/comments/${comment.id}/reaction`} className="comment-reaction">
      <input type="hidden" name="on" value={String(!on)} />
      <button type="submit" className="count comment-act" data-on={on || undefined} aria-pressed={on}>
        <Icon name={on ? "heart-filled" : "heart"} />
        Like<span className="sr-only"> the comment by {name}</span>
        {count > 0 && <span> {count}</span>}
      </button>
      {failed && <NotSaved />}
    </Form>
  );
}

function NotSaved() {
  return <span role="alert">This did not arrive. Press it again.</span>;
}

function countWith({ reactionCount, reacted }: Reactable, on: boolean): number {
  return reactionCount + Number(on) - Number(reacted);
}
