import { data, href } from "react-router";
import { findDossier } from "#app/admin/dossier.server.ts";
import { recordLook } from "#app/admin/looks.server.ts";
import { SessionList } from "#app/admin/session-list.tsx";
import { UserDossier } from "#app/admin/user-dossier.tsx";
import { findUserRecord, listSessions } from "#app/admin/user-record.server.ts";
import type { UserRecord } from "#app/admin/user-record.ts";
import { factsOf } from "#app/auth/browser.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { whyNotImpersonate } from "#app/impersonation/impersonation.ts";
import { InviteTies } from "#app/invites/invite-ties.tsx";
import { findTies } from "#app/invites/tree.server.ts";
import { requireModerator } from "#app/middleware/require-moderator.ts";
import { viewerOf } from "#app/middleware/require-viewer.ts";
import { ActLinks } from "#app/moderation/act-links.tsx";
import { listActionsOn } from "#app/moderation/moderation-log.server.ts";
import { ModerationRecord } from "#app/moderation/moderation-record.tsx";
import { may } from "#app/moderation/policy.ts";
import { PostCard } from "#app/posts/post-card.tsx";
import { listFeed } from "#app/posts/posts.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { Link } from "#app/ui/link.tsx";
import { fullDate, fullMoment, TimeAgo } from "#app/ui/time-ago.tsx";
import { isAtLeast } from "#app/users/user.ts";
import type { Route } from "./+types/user";

export const middleware: Route.MiddlewareFunction[] = [requireModerator];

const latestPosts = 5;

export async function loader({ request, params, context, url }: Route.LoaderArgs) {
  const viewer = viewerOf(context);
  const user = await findUserRecord(viewer, params.username);
  if (!user) throw data(null, { status: 404, statusText: "Not Found" });
  await recordLook(viewer, user.id, factsOf(request));
  const [actions, sessions, feed, ties, dossier] = await Promise.all([
    listActionsOn(user.id),
    listSessions(user.id),
    listFeed({ of: "author", userId: user.id }, viewer, null),
    findTies(user.id),
    findDossier(viewer, user.id),
  ]);
  const proposed = url.searchParams.has("proposed");
  return { user, actions, sessions, ties, dossier, posts: feed.posts.slice(0, latestPosts), proposed };
}

export function meta({ params, matches: [root] }: Route.MetaArgs) {
  return [{ title: `@${params.username} · ${root.loaderData.siteName}` }];
}

export default function User({ loaderData }: Route.ComponentProps) {
  const { user, actions, sessions, ties, dossier, posts, proposed } = loaderData;
  const { viewer } = useRootData();
  const alive = sessions.filter(({ endedByBan }) => !endedByBan);
  return (
    <PageColumns aside={<Facts user={user} />}>
      {proposed && (
        <p className="notice" role="status">
          Not done yet: it waits for a second moderator, among the{" "}
          <Link className="text-link" to={href("/moderation/proposals")}>
            proposals
          </Link>
          .
        </p>
      )}
      <Face user={user} />
      {user.ban && <Ban ban={user.ban} />}
      {user.silencedUntil && <p className="user-ban">Silenced until {fullMoment(user.silencedUntil)}</p>}
      {viewer && <ActLinks viewer={viewer} user={user} sessionCount={alive.length} />}
      {viewer && <MoreLinks viewer={viewer} user={user} />}
      <section className="user-section" aria-labelledby="record">
        <h2 id="record">Record</h2>
        {actions.length > 0 ? (
          <ModerationRecord actions={actions} withUndo />
        ) : (
          <p className="muted">No moderator has ever acted here.</p>
        )}
      </section>
      <InviteTies username={user.username} ties={ties} linked={viewer?.role === "admin"} />
      <UserDossier username={user.username} dossier={dossier} />
      <section className="user-section" aria-labelledby="sessions">
        <h2 id="sessions">Signed in on</h2>
        {sessions.length > 0 ? <SessionList sessions={sessions} /> : <p className="muted">No device at the moment.</p>}
      </section>
      <section className="user-section" aria-labelledby="posts">
        <h2 id="posts">Latest posts</h2>
        {posts.length === 0 && <p className="muted">Nothing has been published.</p>}
        {posts.map((post) => (
          <PostCard key={post.id} post={post} />
        ))}
        {user.postCount > posts.length && (
          <p className="user-all-posts">
            <Link className="text-link" to={href("/u/:username", { username: user.username })}>
              {`All ${user.postCount.toLocaleString("en-GB")} posts`}
            </Link>
          </p>
        )}
      </section>
    </PageColumns>
  );
}

/** The ways to pages about them that are no act. */
function MoreLinks({ viewer, user }: { viewer: Viewer; user: UserRecord }) {
  const { username } = user;
  return (
    <p className="user-more">
      {isAtLeast(user.role, "moderator") && (
        <Link className="text-link" to={href("/admin/users/:username/acts", { username })}>
          What they did as {user.role === "admin" ? "an admin" : "a moderator"}
        </Link>
      )}
      {may("remove-post", viewer, user) && user.postCount > 0 && (
        <Link className="text-link" to={`${href("/admin/bulk/posts")}?by=${encodeURIComponent(username)}`}>
          Remove many posts
        </Link>
      )}
      {whyNotImpersonate(viewer, user) === null && (
        <Link className="text-link" to={href("/admin/users/:username/impersonation", { username })}>
          See the site as they do
        </Link>
      )}
    </p>
  );
}

function Face({ user }: { user: UserRecord }) {
  return (
    <header className="user-face">
      <img src={user.avatar} alt="" width={64} height={64} />
      <div>
        <h1 className="user-name">
          <bdi>{user.name}</bdi>
        </h1>
        <p>
          <Link className="text-link" to={href("/u/:username", { username: user.username })}>
            @{user.username}
          </Link>
          {" · "}
          {user.role}
          {user.banned && <span className="banned-mark"> · banned</span>}
          <span className="muted"> · joined {fullDate(user.joinedAt)}</span>
        </p>
      </div>
    </header>
  );
}

/** When and by whom; why stands in the record. */
function Ban({ ban }: { ban: NonNullable<UserRecord["ban"]> }) {
  return (
    <p className="user-ban">
      Banned {ban.expiresAt ? `until ${fullDate(ban.expiresAt)}` : "for good"}, since {fullDate(ban.createdAt)}
      {ban.moderatorUsername && `, by @${ban.moderatorUsername}`}
    </p>
  );
}

function Facts({ user }: { user: UserRecord }) {
  return (
    <dl className="facts user-facts">
      {user.email && (
        <>
          <dt>E-mail</dt>
          <dd>{user.email}</dd>
        </>
      )}
      <dt>Last seen</dt>
      <dd>{user.lastSeenAt ? <TimeAgo at={user.lastSeenAt} /> : "not signed in"}</dd>
      <dt>Posts</dt>
      <dd>{user.postCount.toLocaleString("en-GB")}</dd>
      {user.website && (
        <>
          <dt>Website</dt>
          <dd>{user.website}</dd>
        </>
      )}
      {user.bio && (
        <>
          <dt>About</dt>
          <dd dir="auto">{user.bio}</dd>
        </>
      )}
    </dl>
  );
}
