import { href, redirect } from "react-router";
import { leadOnOrNowhere } from "#app/auth/account/rename.server.ts";
import { viewerContext } from "#app/auth/viewer.ts";
import { listPeople } from "#app/follows/people-lists.server.ts";
import { PeoplePage } from "#app/follows/people-page.tsx";
import { findProfile } from "#app/users/users.server.ts";
import type { Route } from "./+types/following-of";

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const viewer = context.get(viewerContext);
  const found = await findProfile(params.username, viewer);
  if (!found) return leadOnOrNowhere(params.username, (username) => href("/u/:username/following", { username }));
  const { id, username, name } = found;
  if (username !== params.username) throw redirect(href("/u/:username/following", { username }) + url.search, 301);
  return { user: { username, name }, page: await listPeople("following", id, viewer, url.searchParams.get("after")) };
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  const { name, username } = loaderData.user;
  return [
    { title: `Followed by ${name} (@${username}) · ${root.loaderData.siteName}` },
    { name: "robots", content: "noindex" },
  ];
}

export default function FollowingOf({ loaderData }: Route.ComponentProps) {
  return <PeoplePage list="following" {...loaderData} />;
}
