import { useEffect } from "react";
import { href, useRevalidator } from "react-router";
import { useNewestUnread, useUnread } from "#app/live/live-state.ts";
import { useRootData } from "#app/site/root-data.ts";
import { Link } from "#app/ui/link.tsx";

/**
 * The way to notifications that came since the list was made; nothing in the list moves until it is taken. What was
 * read elsewhere meanwhile is marked without being asked.
 * @param newest when the first line of the list changed, in milliseconds
 */
export function NewNotifications({ newest }: { newest: number }) {
  const { unread: shown } = useRootData();
  const unread = useUnread();
  const isMore = (useNewestUnread() ?? 0) > newest && unread.asOf > shown.asOf;
  const isReadElsewhere = !isMore && unread.count < shown.count;
  const { revalidate, state } = useRevalidator();
  useEffect(() => {
    if (isReadElsewhere && state === "idle") revalidate();
  }, [isReadElsewhere, state, revalidate]);
  return (
    <p role="status" className="live-news">
      {isMore && (
        <Link className="live-news-link" to={href("/notifications")}>
          New notifications
        </Link>
      )}
    </p>
  );
}
