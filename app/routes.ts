import { index, layout, prefix, type RouteConfig, route } from "@react-router/dev/routes";

export default [
  // Reading
  index("posts/feed.tsx"),
  route("t/:tag", "posts/tag.tsx"),
  route("p/:postId/:slug?", "posts/show.tsx"),
  route("u/:username", "users/show.tsx"),
  route("search", "search/show.tsx"),
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

  // For machines and operators
  route("healthz", "site/healthz.ts"),
  route("readyz", "site/readyz.ts"),
  route("robots.txt", "site/robots.ts"),
  route("opensearch.xml", "search/opensearch.ts"),
  route("speculation-rules.json", "site/speculation-rules.ts"),
  route("dev/mail", "site/outbox.tsx"),
  route("*", "site/not-found.tsx"),
] satisfies RouteConfig;
