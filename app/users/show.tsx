import { data, href, redirect } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { PostList } from "#app/posts/post-list.tsx";
import { listFeed } from "#app/posts/posts.server.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { fullDate } from "#app/ui/time-ago.tsx";
import { profileMeta } from "#app/users/profile-meta.ts";
import { isAtLeast, type Profile, userPath } from "#app/users/user.ts";
import { findProfile } from "#app/users/users.server.ts";
import type { Route } from "./+types/show";

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const found = await findProfile(params.username);
  if (!found) throw data(null, { status: 404, statusText: "Not Found" });
  // One address per person: the username as its owner writes it.
  if (found.username !== params.username) throw redirect(userPath(found.username) + url.search, 301);
  const { id, ...profile } = found;
  const page = await listFeed(
    { of: "author", userId: id },
    context.get(viewerContext),
    parseCursor(url.searchParams.get("after")),
  );
  return { profile, page };
}

export function meta({ loaderData, location, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  return profileMeta(loaderData.profile, location.search, root.loaderData);
}

export default function Show({ loaderData: { profile, page } }: Route.ComponentProps) {
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
        <p className="actions">
          {own && (
            <>
              <Link className={buttonClass("plain")} to={href("/drafts")}>
                Drafts
              </Link>
              <Link className={buttonClass("plain")} to={href("/settings/profile")}>
                Edit profile
              </Link>
            </>
          )}
          {viewer && !own && isAtLeast(viewer.role, "moderator") && (
            <Link className={buttonClass("plain")} to={href("/admin/users/:username", { username: profile.username })}>
              Moderate
            </Link>
          )}
        </p>
        {profile.bio && (
          <p className="profile-bio" dir="auto">
            {profile.bio}
          </p>
        )}
        {profile.banned && <p className="notice">This member is banned at the moment and cannot write.</p>}
      </header>
      <h2 className="list-title">Posts</h2>
      <PostList page={page} path={path} empty={<NoPosts own={own} name={profile.name} />} />
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
