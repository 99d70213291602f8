import type { ReactNode } from "react";
import { href, useFetcher } from "react-router";
import { deedOf, othersWords, type ShownNotification } from "#app/notifications/notification.ts";
import { targetOf } from "#app/notifications/target.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import { PersonLink } from "#app/users/person-link.tsx";

/**
 * What happened, by whom and to what. The whole line is a link to it; following it marks the line as read by a script,
 * and without scripts the button does.
 */
export function NotificationLine({ notification, reader }: { notification: ShownNotification; reader: string }) {
  const { id, actors, post, updatedAt } = notification;
  const quote = notification.excerpt || notification.outcome?.reason || notification.reported?.words;
  const [face] = actors;
  const fetcher = useFetcher({ key: `read-${id}` });
  const read = notification.read || fetcher.state !== "idle" || Boolean(fetcher.data);
  const action = href("/notifications/:notificationId/read", { notificationId: id });
  const opened = () => {
    // Arrives also where the page is left at once.
    if (!read) navigator.sendBeacon(action, new URLSearchParams());
  };
  return (
    <article className="notification" data-unread={!read || undefined} data-notification-id={id}>
      {face ? (
        <img src={face.avatar} alt="" width={36} height={36} loading="lazy" decoding="async" />
      ) : (
        <span className="notification-icon">
          <Icon name="shield" />
        </span>
      )}
      <div>
        <p>
          {!read && <span className="sr-only">Unread: </span>}
          <Who {...notification} />{" "}
          <Link className="notification-link" to={targetOf(notification, reader)} onClick={opened} onAuxClick={opened}>
            {deedOf(notification)}
            {post && (
              <>
                {" "}
                <bdi className="notification-title">{post.title || "Untitled"}</bdi>
              </>
            )}
          </Link>
        </p>
        {quote && (
          <p className="notification-excerpt" dir="auto">
            {quote}
          </p>
        )}
        <div className="notification-meta muted">
          <TimeAgo at={updatedAt} />
          {!read && (
            <fetcher.Form method="post" action={action}>
              <button type="submit" className="notification-read">
                Mark as read<span className="sr-only">: {post?.title ?? deedOf(notification)}</span>
              </button>
            </fetcher.Form>
          )}
        </div>
      </div>
    </article>
  );
}

/** The names lead to the people; nobody is named for what a moderator did. */
function Who({ actors, others }: ShownNotification): ReactNode {
  const names = actors.map(({ username, name }) => (
    <PersonLink key={username} className="notification-name" username={username}>
      <bdi>{name}</bdi>
    </PersonLink>
  ));
  const all = others > 0 ? [...names, <span key="others">{othersWords(others)}</span>] : names;
  return all.map((each, index) => [index === 0 ? "" : index === all.length - 1 ? " and " : ", ", each]);
}
