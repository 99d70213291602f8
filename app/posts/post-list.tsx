import type { ReactNode } from "react";
import type { FeedPage } from "#app/posts/post.ts";
import { PostCard } from "#app/posts/post-card.tsx";
import { NextPage } from "#app/ui/pagination.tsx";

/** A page of posts and the way to the next; `empty` stands in for none. */
export function PostList({ page, path, empty }: { page: FeedPage; path: string; empty: ReactNode }) {
  if (page.posts.length === 0) return empty;
  return (
    <>
      <div className="post-list">
        {page.posts.map((post) => (
          <PostCard key={post.id} post={post} />
        ))}
      </div>
      <NextPage href={page.next && `${path}?after=${page.next}`} />
    </>
  );
}
