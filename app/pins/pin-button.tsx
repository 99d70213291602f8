import { Form, href } from "react-router";

/** Puts a post of one's own on top of one's profile, or takes it down. */
export function PinButton({ post }: { post: { id: number; title: string; pinned: boolean } }) {
  return (
    <Form method="post" action={href("/p/:postId/pin", { postId: String(post.id) })}>
      <button type="submit" className="text-link" name="on" value={String(!post.pinned)}>
        {post.pinned ? "Unpin" : "Pin"}
        <span className="sr-only">
          {" "}
          “{post.title}” {post.pinned ? "from" : "to"} your profile
        </span>
      </button>
    </Form>
  );
}
