import { all, type Row, toAdmins, toModerators } from "#app/guards/row.ts";

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
  // For readers elsewhere and machines
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
  "moderation/log": { url: "/moderation/log", get: all(200), statements: [3, 4] },
  "moderation/log.xml": { url: "/moderation/log.xml", get: all(200), statements: [3, 4] },
  "moderation/log/:actionId": {
    url: "/moderation/log/01a1f833-2695-7726-b2d3-f140121b8ece",
    get: all(404),
    statements: [3, 4],
  },
  "moderation/proposals": {
    url: "/moderation/proposals",
    get: toModerators(200),
    post: toModerators(405),
    statements: [0, 1],
  },
  "moderation/proposals/:proposalId/decision": {
    url: "/moderation/proposals/01a1f833-2695-7726-b2d3-f140121b8ece/decision",
    get: all(405),
    post: toModerators(400),
    statements: [0, 1],
  },
  "admin/settings/moderation": {
    url: "/admin/settings/moderation",
    get: toAdmins(200),
    post: toAdmins(400),
    statements: [0, 1],
  },
  "moderation/appeals": {
    url: "/moderation/appeals",
    get: toModerators(200),
    post: toModerators(405),
    statements: [0, 1],
  },
  "moderation/appeals/:appealId": {
    url: "/moderation/appeals/01a1f833-2695-7726-b2d3-f140121b8ece",
    get: toModerators(404),
    post: toModerators(404),
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
