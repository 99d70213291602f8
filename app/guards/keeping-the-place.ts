import { type Row, toAdmins, toModerators } from "#app/guards/row.ts";

/** The page of an act, as any moderator opens it. */
const act = (url: string): Row => ({
  url,
  get: toModerators(200),
  post: toModerators(400),
  statements: [0, 1],
});

export const keepingThePlace: Record<string, Row> = {
  admin: { url: "/admin", get: toModerators(302), post: toModerators(405), statements: [0, 1] },
  "admin/users": { url: "/admin/users", get: toModerators(200), post: toModerators(405), statements: [0, 1] },
  "admin/users/:username": {
    url: "/admin/users/bela",
    get: toModerators(200),
    post: toModerators(405),
    statements: [0, 1],
  },
  "admin/users/:username/ban": act("/admin/users/bela/ban"),
  "admin/users/:username/unban": act("/admin/users/bela/unban"),
  "admin/users/:username/role": {
    url: "/admin/users/bela/role",
    get: toAdmins(200),
    post: toAdmins(400),
    statements: [0, 1],
  },
  "admin/users/:username/sessions": act("/admin/users/bela/sessions"),
  "admin/users/:username/warning": act("/admin/users/bela/warning"),
  "admin/users/:username/silence": act("/admin/users/bela/silence"),
  "admin/users/:username/unsilence": act("/admin/users/bela/unsilence"),
  "admin/users/:username/username": act("/admin/users/bela/username"),
  "admin/users/:username/profile": act("/admin/users/bela/profile"),
  "admin/users/:username/avatar": act("/admin/users/bela/avatar"),
  "p/:postId/removal": act("/p/1/removal"),
  "p/:postId/restoration": act("/p/1/restoration"),
  "p/:postId/approval": act("/p/1/approval"),
  "p/:postId/lock": act("/p/1/lock"),
  "p/:postId/unlock": act("/p/1/unlock"),
  "p/:postId/feature": act("/p/1/feature"),
  "p/:postId/unfeature": act("/p/1/unfeature"),
  "comments/:commentId/removal": act("/comments/1/removal"),
  "comments/:commentId/restoration": act("/comments/1/restoration"),
  "comments/:commentId/approval": act("/comments/1/approval"),
  "moderation/log/:actionId/undo": {
    ...act("/moderation/log/0190a1b2-0000-7000-8000-000000000000/undo"),
    get: toModerators(404),
    post: toModerators(404),
  },
  "admin/settings": { url: "/admin/settings", get: toAdmins(200), post: toAdmins(405), statements: [0, 1] },
  "admin/settings/ranking": {
    url: "/admin/settings/ranking",
    get: toAdmins(200),
    post: toAdmins(400),
    statements: [0, 1],
  },
  "admin/settings/joining": {
    url: "/admin/settings/joining",
    get: toAdmins(200),
    post: toAdmins(400),
    statements: [0, 1],
  },
  "admin/settings/sign-in": {
    url: "/admin/settings/sign-in",
    get: toAdmins(200),
    post: toAdmins(400),
    statements: [0, 1],
  },
  "admin/tags": { url: "/admin/tags", get: toAdmins(200), post: toAdmins(400), statements: [0, 1] },
  "admin/tags/:name/delete": {
    url: "/admin/tags/allotments/delete",
    get: [401, 404, 405, 405],
    post: toAdmins(302),
    postAgain: toAdmins(404),
    statements: [0, 1],
  },
};
