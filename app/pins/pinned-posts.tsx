import { maxPins } from "#app/pins/pin.ts";
import { PinButton } from "#app/pins/pin-button.tsx";
import type { FeedPost } from "#app/posts/post.ts";
import { PostCard } from "#app/posts/post-card.tsx";

/** What somebody put on top of their profile. */
export function PinnedPosts({ posts, own }: { posts: FeedPost[]; own: boolean }) {
  if (posts.length === 0) return null;
  return (
    <section aria-labelledby="pinned" className="pinned-posts">
      <h2 id="pinned" className="list-title">
        Pinned
      </h2>
      <div className="post-list">
        {posts.map((post) => (
          <div key={post.id} className="pinned-post">
            <PostCard post={post} />
            {own && <PinButton post={{ ...post, pinned: true }} />}
          </div>
        ))}
      </div>
    </section>
  );
}

/** Why the post that somebody wanted to pin is not there. */
export function PinsFull() {
  return (
    <p className="notice" role="status">
      {`You have pinned ${maxPins} posts, and that is all there is room for. Unpin one of them first.`}
    </p>
  );
}
