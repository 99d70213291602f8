import { commentActPath, postActPath } from "#app/moderation/act-addresses.ts";
import type { PostAct } from "#app/moderation/moderation.ts";
import { Link } from "#app/ui/link.tsx";

interface ModeratedPost {
  id: number;
  own: boolean;
  removed: boolean;
  held: boolean;
  locked: boolean;
  featured: boolean;
}

/** What a moderator may do to a post as it is now; each leads to a page that says what will happen. */
export function ModeratePost({ post }: { post: ModeratedPost }) {
  const links: [PostAct, string][] = [];
  if (post.removed && post.held) links.push(["approve-post", "Approve"]);
  if (!post.own && (!post.removed || post.held)) links.push(["remove-post", "Remove"]);
  if (!post.own && post.removed && !post.held) links.push(["restore-post", "Restore"]);
  if (!post.removed) {
    links.push(post.locked ? ["unlock-post", "Unlock"] : ["lock-post", "Lock"]);
    links.push(
      post.featured ? ["unfeature-post", "Take off the front page"] : ["feature-post", "Put on the front page"],
    );
  }
  return (
    <nav className="moderate-row" aria-label="Moderate this post">
      <span className="muted">Moderate</span>
      {links.map(([kind, words]) => (
        <Link key={kind} className="comment-act" to={postActPath(kind, post.id)}>
          {words}
        </Link>
      ))}
    </nav>
  );
}

interface ModeratedComment {
  id: number;
  own: boolean;
  removed: boolean;
  held: boolean;
}

/** The same for a comment, among what else can be done with it. */
export function ModerateComment({ comment, name }: { comment: ModeratedComment; name: string }) {
  const { id, own, removed, held } = comment;
  const of = <span className="sr-only"> the comment by {name}</span>;
  return (
    <>
      {held && (
        <Link className="comment-act" to={commentActPath("approve-comment", id)}>
          Approve{of}
        </Link>
      )}
      {!own && (!removed || held) && (
        <Link className="comment-act" to={commentActPath("remove-comment", id)}>
          Remove{of}
        </Link>
      )}
      {!own && removed && !held && (
        <Link className="comment-act" to={commentActPath("restore-comment", id)}>
          Restore{of}
        </Link>
      )}
    </>
  );
}
