import { index, layout, prefix, type RouteConfig, route } from "@react-router/dev/routes";

export default [
  // Reading
  index("posts/feed.tsx"),
  route("t/:tag", "posts/tag.tsx"),
  route("p/:postId/:slug?", "posts/show.tsx"),
  route("u/:username", "users/show.tsx"),
  route("avatars/:seed", "users/generated-avatar.ts"),
  route("media/:key", "uploads/media.ts"),

  // Writing
  route("new", "posts/new.tsx"),
  route("preview", "posts/preview.tsx"),
  route("drafts", "posts/drafts.tsx"),
  route("p/:postId/edit", "posts/edit.tsx"),
  route("p/:postId/delete", "posts/delete.tsx"),
  route("p/:postId/comments", "comments/new.tsx"),
  route("p/:postId/reaction", "reactions/toggle.ts"),
  route("images", "uploads/images.ts"),

  // Coming in and going out
  route("join", "auth/join.tsx"),
  route("join/code", "auth/join-code.tsx"),
  route("join/profile", "auth/join-profile.tsx"),
  route("join/username-available", "auth/username-available.ts"),
  route("sign-in", "auth/sign-in.tsx"),
  route("sign-out", "auth/sign-out.ts"),
  route("setup", "auth/setup.tsx"),
  route("api/auth/*", "auth/better-auth-endpoints.ts"),

  // One's own things
  route("settings", "users/settings.tsx"),
  route("settings/profile", "users/edit-profile.tsx"),

  // Keeping the place
  layout("admin/layout.tsx", [
    route("admin", "admin/home.tsx"),
    ...prefix("admin/users", [
      index("admin/users.tsx"),
      route(":username", "admin/user.tsx"),
      route(":username/ban", "moderation/ban.tsx"),
      route(":username/unban", "moderation/unban.tsx"),
      route(":username/role", "moderation/role.tsx"),
      route(":username/sessions", "moderation/end-sessions.tsx"),
    ]),
  ]),

  // For readers elsewhere and machines
  route("feed.xml", "syndication/site-feed.ts", { id: "feed.xml" }),
  route("feed.json", "syndication/site-feed.ts", { id: "feed.json" }),
  route("u/:username/feed.xml", "syndication/person-feed.ts", { id: "u/feed.xml" }),
  route("u/:username/feed.json", "syndication/person-feed.ts", { id: "u/feed.json" }),
  route("t/:tag/feed.xml", "syndication/tag-feed.ts", { id: "t/feed.xml" }),
  route("t/:tag/feed.json", "syndication/tag-feed.ts", { id: "t/feed.json" }),
  route("oembed", "syndication/oembed.ts"),
  route("cards/:card", "cards/card.ts"),
  route("sitemap.xml", "site/sitemap-index.ts"),
  route("sitemap/:kind/:chunk", "site/sitemap.ts"),
  route("manifest.webmanifest", "site/manifest.ts"),
  route("service-worker.js", "offline/service-worker.ts"),
  route("offline", "offline/offline.tsx"),

  // For machines and operators
  route("healthz", "site/healthz.ts"),
  route("readyz", "site/readyz.ts"),
  route("robots.txt", "site/robots.ts"),
  route("speculation-rules.json", "site/speculation-rules.ts"),
  route("dev/mail", "site/outbox.tsx"),
  route("*", "site/not-found.tsx"),
] satisfies RouteConfig;
