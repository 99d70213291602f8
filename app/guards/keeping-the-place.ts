import { all, type Row, toAdmins, toMembers, toModerators } from "#app/guards/row.ts";

export const keepingThePlace: Record<string, Row> = {
  admin: { url: "/admin", get: toModerators(302), post: toModerators(405), statements: [0, 1] },
  "admin/users": { url: "/admin/users", get: toModerators(200), post: toModerators(405), statements: [0, 1] },
  "admin/users/:username": {
    url: "/admin/users/bela",
    get: toModerators(200),
    post: toModerators(405),
    statements: [0, 1],
  },
  "admin/users/:username/ban": {
    url: "/admin/users/bela/ban",
    get: toModerators(200),
    post: toModerators(400),
    statements: [0, 1],
  },
  "admin/users/:username/unban": {
    url: "/admin/users/bela/unban",
    get: toModerators(200),
    post: toModerators(400),
    statements: [0, 1],
  },
  "admin/users/:username/role": {
    url: "/admin/users/bela/role",
    get: toAdmins(200),
    post: toAdmins(400),
    statements: [0, 1],
  },
  "admin/users/:username/sessions": {
    url: "/admin/users/bela/sessions",
    get: toModerators(200),
    post: toModerators(400),
    statements: [0, 1],
  },
  "admin/users/:username/notes": {
    url: "/admin/users/bela/notes",
    get: toModerators(200),
    post: toModerators(400),
    statements: [0, 1],
  },
  "admin/users/:username/acts": {
    url: "/admin/users/bela/acts",
    get: toModerators(200),
    post: toModerators(400),
    statements: [0, 1],
  },
  "admin/users/:username/impersonation": {
    url: "/admin/users/bela/impersonation",
    get: toAdmins(200),
    post: toAdmins(400),
    statements: [0, 1],
  },
  "impersonation/end": { url: "/impersonation/end", get: all(405), post: toMembers(302), statements: [0, 1] },
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
