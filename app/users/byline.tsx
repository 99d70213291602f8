import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import { PersonLink } from "#app/users/person-link.tsx";
import { isGone, type UserSummary } from "#app/users/user.ts";

/**
 * Who wrote a thing, and when: picture, name, username, time.
 * @param to the thing's own address, where its time is the way to it
 */
export function Byline({ author, at, to }: { author: UserSummary; at: string; to?: string }) {
  return (
    <p className="byline">
      <PersonLink rel="author" username={author.username} className="byline-author">
        <img src={author.avatar} alt="" width={36} height={36} loading="lazy" decoding="async" />
        <bdi className="byline-name">{author.name}</bdi>{" "}
        {!isGone(author.username) && <span className="muted">{`@${author.username}`}</span>}
      </PersonLink>
      <span className="byline-time muted">
        {to ? (
          <Link to={to} className="byline-link">
            <TimeAgo at={at} />
          </Link>
        ) : (
          <TimeAgo at={at} />
        )}
      </span>
    </p>
  );
}
