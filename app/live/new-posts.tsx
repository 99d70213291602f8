import { href } from "react-router";
import { mostNewPosts, useNewPostCount } from "#app/live/live-state.ts";
import { Link } from "#app/ui/link.tsx";

/**
 * The way to what was published since the list was made. It lies over the list and moves nothing in it.
 * @param newest when the first post of the list was published, in milliseconds
 */
export function NewPosts({ newest }: { newest: number }) {
  const count = useNewPostCount(newest);
  return (
    <p role="status" className="live-news">
      {count > 0 && (
        <Link className="live-news-link" to={href("/")}>
          {count === 1 ? "1 new post" : `${count >= mostNewPosts ? "Many" : count} new posts`}
        </Link>
      )}
    </p>
  );
}
