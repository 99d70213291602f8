/** What people are told of. `reply` is a comment on one's post or on one's comment. */
export const notificationKinds = ["reply", "mention", "follow", "reaction", "moderation"] as const;
export type NotificationKind = (typeof notificationKinds)[number];
