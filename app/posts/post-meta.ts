import type { MetaDescriptor } from "react-router";
import { cardSize } from "#app/cards/card-size.ts";
import { postPath, type ShownPost, tagPath } from "#app/posts/post.ts";
import { breadcrumbs, pageMeta } from "#app/site/page-meta.ts";
import type { RootData } from "#app/site/root-data.ts";
import { summaryOf } from "#app/syndication/feed.ts";
import { isGone, userPath } from "#app/users/user.ts";

/** What a post's page tells machines. @param card where its picture is */
export function postMeta(post: ShownPost, card: string, { siteUrl, siteName }: RootData): MetaDescriptor[] {
  const { title, author, publishedAt, tags } = post;
  const named = isGone(author.username) ? [] : [author.username];
  if (!publishedAt || post.removed) return [{ title: `${title || "Untitled draft"} · ${siteName}` }];
  const path = postPath(post);
  const description = summaryOf(post) || title;
  const oembed = `${siteUrl}/oembed?url=${encodeURIComponent(siteUrl + path)}`;
  return pageMeta({
    siteUrl,
    siteName,
    title,
    description,
    path,
    type: "article",
    image: { path: card, ...cardSize, alt: `${title}, by ${author.name}` },
    properties: [
      ["article:published_time", publishedAt],
      ["article:modified_time", post.editedAt ?? publishedAt],
      ...named.map((username): [string, string] => ["article:author", siteUrl + userPath(username)]),
      ...tags.map((tag): [string, string] => ["article:tag", tag]),
    ],
    more: [
      { name: "author", content: author.name },
      { tagName: "link", rel: "alternate", type: "application/json+oembed", title, href: oembed },
    ],
    data: [
      postData(post, { siteUrl, path, card, description, publishedAt }),
      breadcrumbs(siteUrl, [
        [siteName, "/"],
        ...tags.slice(0, 1).map((tag): [string, string] => [`#${tag}`, tagPath(tag)]),
        [title, path],
      ]),
    ],
  });
}

interface PostDataOptions {
  siteUrl: string;
  path: string;
  card: string;
  description: string;
  publishedAt: string;
}

function postData(post: ShownPost, { siteUrl, path, card, description, publishedAt }: PostDataOptions) {
  const { author } = post;
  return {
    "@type": "SocialMediaPosting",
    "@id": siteUrl + path,
    url: siteUrl + path,
    mainEntityOfPage: siteUrl + path,
    headline: post.title,
    description,
    image: siteUrl + card,
    datePublished: publishedAt,
    dateModified: post.editedAt ?? publishedAt,
    author: {
      "@type": "Person",
      name: author.name,
      ...(!isGone(author.username) && {
        alternateName: `@${author.username}`,
        url: siteUrl + userPath(author.username),
      }),
      image: siteUrl + author.avatar,
    },
    ...(post.tags.length > 0 && { keywords: post.tags }),
    ...(post.url && { sharedContent: { "@type": "WebPage", url: post.url } }),
    commentCount: post.commentCount,
    interactionStatistic: [counter("LikeAction", post.reactionCount), counter("CommentAction", post.commentCount)],
  };
}

function counter(action: string, count: number) {
  return {
    "@type": "InteractionCounter",
    interactionType: `https://schema.org/${action}`,
    userInteractionCount: count,
  };
}
