import { cardPath } from "#app/cards/card.server.ts";
import { cardSize } from "#app/cards/card-size.ts";
import { parsePostId } from "#app/posts/post.ts";
import { findPost } from "#app/posts/posts.server.ts";
import { answerDocument } from "#app/server/document.server.ts";
import { settings } from "#app/server/env.server.ts";
import { isGone, userPath } from "#app/users/user.ts";
import type { Route } from "./+types/oembed";

/**
 * What another site may show for a link to a post (oembed.com): its title, its author and its picture. A `link`, whose
 * look is the other site's own affair, because nobody should have to trust HTML of ours.
 */
export async function loader({ request, url }: Route.LoaderArgs) {
  const { siteUrl, siteName } = settings();
  if ((url.searchParams.get("format") ?? "json") !== "json") return new Response(null, { status: 501 });
  const postId = postIdIn(url.searchParams.get("url") ?? "", siteUrl);
  const post = postId && (await findPost(postId, null));
  if (!post) return new Response(null, { status: 404 });
  const [maxWidth, maxHeight] = ["maxwidth", "maxheight"].map((name) => Number(url.searchParams.get(name) ?? Infinity));
  const fits = cardSize.width <= (maxWidth ?? 0) && cardSize.height <= (maxHeight ?? 0);
  const answer = {
    version: "1.0",
    type: "link",
    title: post.title,
    author_name: post.author.name,
    ...(!isGone(post.author.username) && { author_url: siteUrl + userPath(post.author.username) }),
    provider_name: siteName,
    provider_url: siteUrl,
    cache_age: 3600,
    ...(fits && {
      thumbnail_url: siteUrl + cardPath(post),
      thumbnail_width: cardSize.width,
      thumbnail_height: cardSize.height,
    }),
  };
  const edited = post.editedAt ?? post.publishedAt;
  return answerDocument(request, JSON.stringify(answer), {
    type: "application/json; charset=utf-8",
    lastModified: edited ? new Date(edited) : undefined,
  });
}

/** The post that an address of this site is of; null for every other address. */
function postIdIn(address: string, siteUrl: string): number | null {
  if (!URL.canParse(address)) return null;
  const { origin, pathname } = new URL(address);
  const id = /^\/p\/(\d+)(?:\/[^/]*)?\/?$/.exec(pathname)?.[1];
  return origin === siteUrl ? parsePostId(id) : null;
}
