import { href } from "react-router";
import { Icon } from "#app/ui/icon.tsx";
import { useToggle } from "#app/ui/use-toggle.ts";

/** Keeps a post for later; it shows at once what was pressed, and nobody else sees it. */
export function BookmarkButton({ post }: { post: { id: number; bookmarked: boolean } }) {
  const { Form, on, failed } = useToggle(`bookmark-${post.id}`, post.bookmarked);
  return (
    <Form method="post" action={href("/p/:postId/bookmark", { postId: String(post.id) })} className="reaction">
      <input type="hidden" name="on" value={String(!on)} />
      <button type="submit" className="button plain reaction-button" aria-pressed={on}>
        <Icon name={on ? "bookmark-filled" : "bookmark"} />
        Bookmark
      </button>
      {failed && <span role="alert">This did not arrive. Press it again.</span>}
    </Form>
  );
}
