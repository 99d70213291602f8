import type { ShownNotification } from "#app/notifications/notification.ts";
import { postPath } from "#app/posts/post.ts";
import { userPath } from "#app/users/user.ts";

/**
 * Where a line leads: straight to the comment, the post, the new follower.
 * @param reader the username of whom it is told
 */
export function targetOf({ post, commentId, actors, others }: ShownNotification, reader: string): string {
  if (post) return commentId ? `${postPath(post)}#comment-${commentId}` : postPath(post);
  const [one] = actors;
  return userPath(one && actors.length + others === 1 ? one.username : reader);
}
