import { useUnread } from "#app/live/live-state.ts";
import { unreadWords } from "#app/notifications/unread.ts";

/** How much is unread, beside the word or the bell that leads there; nothing where all is read. */
export function UnreadBadge() {
  const { count } = useUnread();
  if (count === 0) return null;
  return (
    <span className="unread-badge">
      {unreadWords(count)}
      <span className="sr-only"> unread</span>
    </span>
  );
}
