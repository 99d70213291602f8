import { href, redirect } from "react-router";
import { leadOnOrNowhere } from "#app/auth/account/rename.server.ts";
import { viewerContext } from "#app/auth/viewer.ts";
import { FollowButton } from "#app/follows/follow-button.tsx";
import { FollowCounts } from "#app/follows/follow-counts.tsx";
import { MuteButtons, MuteNotice } from "#app/mutes/mute-controls.tsx";
import { PinnedPosts, PinsFull } from "#app/pins/pinned-posts.tsx";
import { listProfilePosts } from "#app/pins/pins.server.ts";
import { PostList } from "#app/posts/post-list.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import { profileMeta } from "#app/users/profile-meta.ts";
import { ProfileTabs } from "#app/users/profile-tabs.tsx";
import { isAtLeast, type Profile, userPath } from "#app/users/user.ts";
import { findProfile } from "#app/users/users.server.ts";
import type { Route } from "./+types/show";

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const viewer = context.get(viewerContext);
  const found = await findProfile(params.username, viewer);
  if (!found) return leadOnOrNowhere(params.username, (username) => userPath(username) + url.search);
  // One address per person: the username as its owner writes it.
  if (found.username !== params.username) throw redirect(userPath(found.username) + url.search, 301);
  const { id, mute, ...profile } = found;
  const page = await listProfilePosts(id, viewer, parseCursor(url.searchParams.get("after")));
  return { profile, page, mute, pinsFull: url.searchParams.get("pins") === "full" };
}

export function meta({ loaderData, location, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  return profileMeta(loaderData.profile, location.search, root.loaderData);
}

export default function Show({ loaderData: { profile, page, mute, pinsFull } }: Route.ComponentProps) {
  const { viewer } = useRootData();
  const own = viewer?.username === profile.username;
  const path = userPath(profile.username);
  return (
    <PageColumns aside={<Facts profile={profile} />}>
      <header className="profile">
        <img src={profile.avatar} alt="" width={88} height={88} />
        <div>
          <h1 className="profile-name">
            <bdi>{profile.name}</bdi>
          </h1>
          <p className="muted">
            @{profile.username}
            {profile.role !== "member" && <span className="role-mark">{profile.role}</span>}
          </p>
        </div>
        <div className="actions">
          {viewer && !own && !profile.blocksViewer && mute !== "block" && (
            <FollowButton
              action={href("/u/:username/follow", { username: profile.username })}
              name={profile.name}
              followed={profile.followed}
            />
          )}
          {own && (
            <>
              <Link className={buttonClass("plain")} to={href("/drafts")}>
                Drafts
              </Link>
              <Link className={buttonClass("plain")} to={href("/bookmarks")}>
                Bookmarks
              </Link>
              <Link className={buttonClass("plain")} to={href("/settings/profile")}>
                Edit profile
              </Link>
            </>
          )}
          {viewer && !own && <MuteButtons username={profile.username} kind={mute} />}
          {viewer && !own && (
            <Link className={buttonClass("plain")} to={href("/u/:username/report", { username: profile.username })}>
              Report
            </Link>
          )}
          {viewer && !own && isAtLeast(viewer.role, "moderator") && (
            <Link className={buttonClass("plain")} to={href("/admin/users/:username", { username: profile.username })}>
              Moderate
            </Link>
          )}
        </div>
        {profile.bio && (
          <p className="profile-bio" dir="auto">
            {profile.bio}
          </p>
        )}
        <FollowCounts profile={profile} />
        <MuteNotice username={profile.username} name={profile.name} kind={mute} />
        {profile.banned && <p className="notice">This member is banned at the moment and cannot write.</p>}
      </header>
      <ProfileTabs username={profile.username} here="posts" />
      {own && pinsFull && <PinsFull />}
      <PinnedPosts posts={page.pinned} own={own} />
      {(page.pinned.length === 0 || page.posts.length > 0) && (
        <>
          <h2 className="sr-only">Posts</h2>
          <PostList page={page} path={path} empty={<NoPosts own={own} name={profile.name} />} />
        </>
      )}
    </PageColumns>
  );
}

function Facts({ profile }: { profile: Profile }) {
  return (
    <dl className="facts">
      <dt>Joined</dt>
      <dd>
        <time dateTime={profile.joinedAt}>{fullDate(profile.joinedAt)}</time>
      </dd>
      <dt>Posts</dt>
      <dd>{profile.postCount.toLocaleString("en-GB")}</dd>
      {profile.website && (
        <>
          <dt>Website</dt>
          <dd>
            <a className="text-link" href={profile.website} rel="me ugc nofollow noopener">
              {new URL(profile.website).host}
            </a>
          </dd>
        </>
      )}
    </dl>
  );
}

function NoPosts({ own, name }: { own: boolean; name: string }) {
  if (!own) return <Empty title={`${name} has not published anything yet`} />;
  return (
    <Empty title="You have not published anything yet">
      <p>What you publish will be here, newest first.</p>
      <Link className={buttonClass()} to={href("/new")}>
        Write your first post
      </Link>
    </Empty>
  );
}
