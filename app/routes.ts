import { index, layout, prefix, type RouteConfig, route } from "@react-router/dev/routes";

export default [
  // Reading
  index("posts/feed.tsx"),
  route("t/:tag", "posts/tag.tsx"),
  route("p/:postId/:slug?", "posts/show.tsx"),
  route("p/:postId/history", "history/post.tsx"),
  route("comments/:commentId", "comments/show.ts"),
  route("comments/:commentId/history", "history/comment.tsx"),
  route("u/:username", "users/show.tsx"),
  route("u/:username/comments", "comments/by-person.tsx"),
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
  route("p/:postId/bookmark", "bookmarks/toggle.ts"),
  route("comments/:commentId/edit", "comments/edit.tsx"),
  route("comments/:commentId/delete", "comments/delete.tsx"),
  route("comments/:commentId/reaction", "reactions/toggle-comment.ts"),
  route("images", "uploads/images.ts"),

  // Coming in and going out
  route("join", "auth/join.tsx"),
  route("join/code", "auth/join-code.tsx"),
  route("join/profile", "auth/join-profile.tsx"),
  route("join/username-available", "auth/username-available.ts"),
  route("sign-in", "auth/sign-in.tsx"),
  route("sign-in/two-factor", "auth/two-factor/sign-in.tsx"),
  route("sign-out", "auth/sign-out.ts"),
  route("forgot-password", "auth/recovery/forgot-password.tsx"),
  route("undo-email-change", "auth/account/undo-email-change.tsx"),
  route("reset-password", "auth/recovery/reset-password.tsx"),
  route("confirm", "auth/fresh-proof/confirm.tsx"),
  route("confirm/password", "auth/fresh-proof/by-password.tsx"),
  route("confirm/second-factor", "auth/fresh-proof/by-second-factor.tsx"),
  route("confirm/code", "auth/fresh-proof/by-code.tsx"),
  route("setup", "auth/setup.tsx"),
  route("api/auth/*", "auth/better-auth-endpoints.ts"),

  // One's own things
  route("bookmarks", "bookmarks/saved.tsx"),
  route("settings", "users/settings.tsx"),
  route("settings/profile", "users/edit-profile.tsx"),
  route("settings/account", "auth/account/settings.tsx"),
  route("settings/account/username", "auth/account/username.tsx"),
  route("settings/account/addresses", "auth/account/add-address.tsx"),
  route("settings/account/addresses/code", "auth/account/prove-address.tsx"),
  route("settings/account/addresses/:addressId/primary", "auth/account/primary.ts"),
  route("settings/account/addresses/:addressId/removal", "auth/account/address-removal.ts"),
  route("settings/security", "auth/security.tsx"),
  route("settings/security/password", "auth/password/change.tsx"),
  route("settings/security/two-factor", "auth/two-factor/settings.tsx"),
  route("settings/security/two-factor/enrolment", "auth/two-factor/begin-enrolment.ts"),
  route("settings/security/two-factor/backup-codes", "auth/two-factor/renewal.tsx"),
  route("settings/security/two-factor/removal", "auth/two-factor/removal.ts"),
  route("settings/sessions", "auth/devices/sessions.tsx"),
  route("settings/sessions/:sessionId/end", "auth/devices/end-session.ts"),
  route("settings/sessions/end-others", "auth/devices/end-others.ts"),

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
  route("speculation-rules.json", "site/speculation-rules.ts"),
  route("dev/mail", "site/outbox.tsx"),
  route("*", "site/not-found.tsx"),
] satisfies RouteConfig;
