import type { ReactNode } from "react";
import { type FeedPost, postPath, tagPath } from "#app/posts/post.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { Byline } from "#app/users/byline.tsx";

/** A post in a list; the same in every list. A search marks in `title` and `excerpt` what it found. */
export function PostCard({
  post,
  title = post.title,
  excerpt = post.excerpt,
}: {
  post: FeedPost;
  title?: ReactNode;
  excerpt?: ReactNode;
}) {
  const path = postPath(post);
  return (
    <article className="post-card" data-post-id={post.id}>
      <Byline author={post.author} at={post.publishedAt} />
      <h2 dir="auto">
        <Link to={path}>{title}</Link>
      </h2>
      {excerpt && (
        <p className="excerpt" dir="auto">
          {excerpt}
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
        <Link className="count" to={`${path}#comments`}>
          <Icon name="comment" />
          <span className="sr-only">Comments: </span>
          {post.commentCount}
        </Link>
      </p>
    </article>
  );
}
