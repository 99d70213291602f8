import type { MetaDescriptor } from "react-router";
import { breadcrumbs, listAddress, pageMeta } from "#app/site/page-meta.ts";
import type { RootData } from "#app/site/root-data.ts";
import { avatarSizes, type Profile, userPath } from "#app/users/user.ts";

/** What a person's page tells machines. @param search of the page's address */
export function profileMeta(profile: Profile, search: string, { siteUrl, siteName }: RootData): MetaDescriptor[] {
  const { name, username, bio, avatar } = profile;
  const path = userPath(username);
  const side = avatarSizes.large;
  return pageMeta({
    siteUrl,
    siteName,
    title: `${name} (@${username})`,
    description: bio || `Posts by ${name}`,
    path: listAddress(path, search),
    type: "profile",
    properties: [["profile:username", username]],
    // Other sites do not show the drawn ones, which are SVG.
    ...(avatar.endsWith(".webp") && { image: { path: avatar, width: side, height: side, alt: name } }),
    feed: { title: `Posts by ${name}`, path },
    more: profile.banned ? [{ name: "robots", content: "noindex" }] : [],
    data: [
      profileData(profile, siteUrl),
      breadcrumbs(siteUrl, [
        [siteName, "/"],
        [name, path],
      ]),
    ],
  });
}

function profileData({ name, username, bio, avatar, website, joinedAt, postCount }: Profile, siteUrl: string) {
  return {
    "@type": "ProfilePage",
    dateCreated: joinedAt,
    mainEntity: {
      "@type": "Person",
      "@id": siteUrl + userPath(username),
      url: siteUrl + userPath(username),
      name,
      alternateName: username,
      image: siteUrl + avatar,
      ...(bio && { description: bio }),
      ...(website && { sameAs: [website] }),
      agentInteractionStatistic: {
        "@type": "InteractionCounter",
        interactionType: "https://schema.org/WriteAction",
        userInteractionCount: postCount,
      },
    },
  };
}
