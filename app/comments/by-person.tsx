import { href, redirect } from "react-router";
import { leadOnOrNowhere } from "#app/auth/account/rename.server.ts";
import { viewerContext } from "#app/auth/viewer.ts";
import { commentPath } from "#app/comments/comment.ts";
import { listCommentsBy } from "#app/comments/comments.server.ts";
import { Prose } from "#app/markdown/prose.tsx";
import { postPath } from "#app/posts/post.ts";
import { PageColumns } from "#app/site/page-columns.tsx";
import { parseCursor } from "#app/ui/cursor.ts";
import { Empty } from "#app/ui/empty.tsx";
import { Link } from "#app/ui/link.tsx";
import { NextPage } from "#app/ui/pagination.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import { ProfileTabs } from "#app/users/profile-tabs.tsx";
import { userPath } from "#app/users/user.ts";
import { findProfile } from "#app/users/users.server.ts";
import type { Route } from "./+types/by-person";

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const viewer = context.get(viewerContext);
  const found = await findProfile(params.username, viewer);
  if (!found) return leadOnOrNowhere(params.username, (username) => href("/u/:username/comments", { username }));
  const { id, username, name, avatar } = found;
  if (username !== params.username) throw redirect(href("/u/:username/comments", { username }) + url.search, 301);
  const page = await listCommentsBy(id, viewer, parseCursor(url.searchParams.get("after")));
  return { author: { username, name, avatar }, page };
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  const { name, username } = loaderData.author;
  return [{ title: `Comments by ${name} (@${username}) · ${root.loaderData.siteName}` }];
}

export default function ByPerson({ loaderData: { author, page } }: Route.ComponentProps) {
  const path = href("/u/:username/comments", { username: author.username });
  return (
    <PageColumns>
      <header className="profile-short">
        <img src={author.avatar} alt="" width={56} height={56} />
        <div>
          <h1 className="profile-name">
            <Link to={userPath(author.username)}>
              <bdi>{author.name}</bdi>
            </Link>
          </h1>
          <p className="muted">@{author.username}</p>
        </div>
      </header>
      <ProfileTabs username={author.username} here="comments" />
      {page.comments.length === 0 && <Empty title="There are no comments here" />}
      {page.comments.map(({ id, createdAt, html, post }) => (
        <article key={id} className="written-comment" data-comment-id={id}>
          <p className="muted">
            On{" "}
            <Link className="written-about" to={postPath(post)}>
              <bdi>{post.title}</bdi>
            </Link>
            <span className="byline-time">
              <Link className="byline-link" to={commentPath(id)}>
                <TimeAgo at={createdAt} />
              </Link>
            </span>
          </p>
          <Prose html={html} small />
        </article>
      ))}
      {page.comments.length > 0 && <NextPage href={page.next && `${path}?after=${page.next}`} label="Older comments" />}
    </PageColumns>
  );
}
