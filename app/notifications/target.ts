import { href } from "react-router";
import { threadPath } from "#app/comments/comment.ts";
import type { ShownNotification } from "#app/notifications/notification.ts";
import { postPath } from "#app/posts/post.ts";
import { isGone, userPath } from "#app/users/user.ts";

/**
 * Where a line leads: straight to the comment, the post, the new follower, the decision of a moderator.
 * @param reader the username of whom it is told
 */
export function targetOf(notification: ShownNotification, reader: string): string {
  const { kind, post, commentId, actors, others, outcome, reported, approved } = notification;
  if (reported) return href("/settings/reports");
  if (approved !== null) return href("/moderation/proposals");
  if (outcome) return href("/decisions/:actionId", { actionId: outcome.decisionId });
  if (kind === "moderation") return href("/settings/decisions");
  // A comment's own address finds it, however long its conversation is.
  if (post) return commentId ? threadPath(postPath(post), commentId) : postPath(post);
  const [one] = actors;
  if (one && !isGone(one.username) && actors.length + others === 1) return userPath(one.username);
  return href("/u/:username/followers", { username: reader });
}
