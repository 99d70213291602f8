import { href, useFetcher } from "react-router";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";

interface ReactionButtonProps {
  post: { id: number; reacted: boolean; reactionCount: number; own: boolean };
  /** the post's own address */
  path: string;
  visitor: boolean;
}

/** How many people like a post, and for members the button to be one of them: it shows at once what was pressed. */
export function ReactionButton({ post, path, visitor }: ReactionButtonProps) {
  const fetcher = useFetcher({ key: `reaction-${post.id}` });
  const wanted = fetcher.formData?.get("on");
  const on = wanted ? wanted === "true" : post.reacted;
  const count = post.reactionCount + Number(on) - Number(post.reacted);
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
    <fetcher.Form method="post" action={href("/p/:postId/reaction", { postId: String(post.id) })} className="reaction">
      <input type="hidden" name="on" value={String(!on)} />
      <button type="submit" className="button plain reaction-button" aria-pressed={on}>
        <Icon name={on ? "heart-filled" : "heart"} />
        Like
      </button>
      {words}
    </fetcher.Form>
  );
}
