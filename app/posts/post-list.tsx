import type { ReactNode } from "react";
import type { FeedPage, FeedPost } from "#app/posts/post.ts";
import { PostCard } from "#app/posts/post-card.tsx";
import { NextPage } from "#app/ui/pagination.tsx";

interface PostListProps {
  page: FeedPage;
  path: string;
  /** stands in for no posts */
  empty: ReactNode;
  /** what this list alone says of each post */
  note?: (post: FeedPost) => ReactNode;
  /** what this list alone says above a post */
  above?: (post: FeedPost) => ReactNode;
  /** said after the last post of all */
  end?: string;
}

/** A page of posts and the way to the next. */
export function PostList({ page, path, empty, note, above, end }: PostListProps) {
  if (page.posts.length === 0) return empty;
  return (
    <>
      <div className="post-list">
        {page.posts.map((post) => (
          <PostCard key={post.id} post={post} above={above?.(post)} note={note?.(post)} />
        ))}
      </div>
      <NextPage href={page.next && `${path}?after=${page.next}`} end={end} />
    </>
  );
}
