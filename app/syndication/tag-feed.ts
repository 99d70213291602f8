import { redirect } from "react-router";
import { tagPath } from "#app/posts/post.ts";
import { canonicalTag } from "#app/posts/post-form.ts";
import { answerFeed, formatOf } from "#app/syndication/answer-feed.server.ts";
import { feedPath } from "#app/syndication/feed.ts";
import { findTagFeed } from "#app/syndication/feeds.server.ts";
import type { Route } from "./+types/tag-feed";

/** What is published with one tag, for readers of feeds. */
export async function loader({ request, params, url }: Route.LoaderArgs) {
  const tag = canonicalTag(params.tag);
  if (tag && tag !== params.tag) throw redirect(feedPath(tagPath(tag), formatOf(url)), 301);
  const feed = await findTagFeed(tag);
  return feed ? answerFeed(request, url, feed) : new Response(null, { status: 404 });
}
