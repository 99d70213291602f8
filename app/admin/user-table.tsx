import { href } from "react-router";
import type { UserLine } from "#app/admin/user-record.ts";
import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";

/** Users as a table; on a phone each row becomes an item of a list. */
export function UserTable({ users, withEmails }: { users: UserLine[]; withEmails: boolean }) {
  return (
    <table className="user-table">
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">Choose</span>
          </th>
          <th scope="col">Person</th>
          {withEmails && <th scope="col">E-mail</th>}
          <th scope="col">Role</th>
          <th scope="col">Status</th>
          <th scope="col">Joined</th>
          <th scope="col" className="number">
            Posts
          </th>
          <th scope="col">Last seen</th>
        </tr>
      </thead>
      <tbody>
        {users.map((user) => (
          <UserRow key={user.id} user={user} withEmails={withEmails} />
        ))}
      </tbody>
    </table>
  );
}

function UserRow({ user, withEmails }: { user: UserLine; withEmails: boolean }) {
  return (
    <tr data-username={user.username}>
      <td className="user-choice">
        <input type="checkbox" form="chosen" name="u" value={user.username} aria-label={`Choose @${user.username}`} />
      </td>
      <th scope="row">
        <Link className="user-link" to={href("/admin/users/:username", { username: user.username })}>
          <img src={user.avatar} alt="" width={36} height={36} loading="lazy" decoding="async" />
          <span>
            <bdi className="user-link-name">{user.name}</bdi>
            <span className="muted">@{user.username}</span>
          </span>
        </Link>
      </th>
      {withEmails && <td className="user-email">{user.email}</td>}
      <td className={user.role === "member" ? "muted" : undefined}>{user.role}</td>
      <td>
        <Status user={user} />
      </td>
      <td>
        <span className="phone-label">joined </span>
        <TimeAgo at={user.joinedAt} />
      </td>
      <td className="number">
        {user.postCount.toLocaleString("en-GB")}
        <span className="phone-label">{user.postCount === 1 ? " post" : " posts"}</span>
      </td>
      <td>
        {user.lastSeenAt ? (
          <>
            <span className="phone-label">seen </span>
            <TimeAgo at={user.lastSeenAt} />
          </>
        ) : (
          <span className="muted">not signed in</span>
        )}
      </td>
    </tr>
  );
}

function Status({ user }: { user: Pick<UserLine, "banned" | "banExpiresAt"> }) {
  if (!user.banned) return <span className="muted">active</span>;
  return (
    <span className="banned-mark">
      {user.banExpiresAt ? (
        <>
          banned until <time dateTime={user.banExpiresAt}>{shortDate.format(new Date(user.banExpiresAt))}</time>
        </>
      ) : (
        "banned for good"
      )}
    </span>
  );
}

const shortDate = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeZone: "UTC" });
