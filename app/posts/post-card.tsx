import type { ReactNode } from "react";
import { type FeedPost, postPath, tagPath } from "#app/posts/post.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { Byline } from "#app/users/byline.tsx";

interface PostCardProps {
  post: FeedPost;
  /** what a search marks in it */
  title?: ReactNode;
  excerpt?: ReactNode;
  /** what only this list says above it */
  above?: ReactNode;
  /** what only this list says of it, at the end of its last line */
  note?: ReactNode;
}

/** A post in a list; the same in every list. */
export function PostCard({ post, title = post.title, excerpt = post.excerpt, above, note }: PostCardProps) {
  const path = postPath(post);
  return (
    <article className="post-card" data-post-id={post.id}>
      {above}
      <Byline author={post.author} at={post.publishedAt} />
      <h2 dir="auto">
        <Link to={path}>{title}</Link>
      </h2>
      {(post.warning || excerpt) && (
        <p className={post.warning ? "excerpt warned" : "excerpt"} dir="auto">
          {post.warning ? `Content warning: ${post.warning}` : excerpt}
        </p>
      )}
      <p className="post-meta muted">
        {post.tags.map((tag) => (
          <Link key={tag} className="tag" to={tagPath(tag)}>
            {tag}
          </Link>
        ))}
        <span className="count" data-on={post.reacted || undefined}>
          <Icon name={post.reacted ? "heart-filled" : "heart"} />
          <span className="sr-only">Reactions: </span>
          {post.reactionCount}
        </span>
        {post.bookmarked && (
          <span className="count" data-on>
            <Icon name="bookmark-filled" />
            <span className="sr-only">Bookmarked</span>
          </span>
        )}
        <Link className="count" to={`${path}#comments`}>
          <Icon name="comment" />
          <span className="sr-only">Comments: </span>
          {post.commentCount}
        </Link>
        {note}
      </p>
    </article>
  );
}
