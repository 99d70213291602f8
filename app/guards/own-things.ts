import { all, type Row, toMembers } from "#app/guards/row.ts";

export const ownThings: Record<string, Row> = {
  settings: { url: "/settings", get: toMembers(302), post: toMembers(405), statements: [0, 1] },
  "settings/profile": { url: "/settings/profile", get: toMembers(200), post: toMembers(400), statements: [0, 2] },
  "settings/account": {
    url: "/settings/account",
    get: toMembers(200),
    post: toMembers(405),
    statements: [0, 3],
  },
  "settings/account/username": {
    url: "/settings/account/username",
    get: toMembers(200),
    post: toMembers(400),
    statements: [0, 2],
  },
  "settings/account/addresses": {
    url: "/settings/account/addresses",
    get: toMembers(200),
    post: toMembers(400),
    statements: [0, 1],
  },
  "settings/account/addresses/code": {
    url: "/settings/account/addresses/code",
    get: toMembers(200),
    post: toMembers(400),
    statements: [0, 2],
  },
  "settings/account/addresses/:addressId/primary": {
    url: "/settings/account/addresses/01a1f833-2695-7726-b2d3-f140121b8ece/primary",
    get: all(405),
    post: toMembers(404),
    statements: [0, 1],
  },
  "settings/account/addresses/:addressId/removal": {
    url: "/settings/account/addresses/01a1f833-2695-7726-b2d3-f140121b8ece/removal",
    get: all(405),
    post: toMembers(404),
    statements: [0, 1],
  },
  "settings/security": { url: "/settings/security", get: toMembers(200), post: toMembers(405), statements: [0, 4] },
  "settings/security/password": {
    url: "/settings/security/password",
    get: toMembers(200),
    post: toMembers(400),
    statements: [0, 2],
  },
  "settings/security/two-factor": {
    url: "/settings/security/two-factor",
    get: toMembers(200),
    post: toMembers(400),
    statements: [0, 3],
  },
  "settings/security/two-factor/enrolment": {
    url: "/settings/security/two-factor/enrolment",
    get: all(405),
    post: toMembers(302),
    statements: [0, 1],
  },
  "settings/security/two-factor/backup-codes": {
    url: "/settings/security/two-factor/backup-codes",
    get: toMembers(302),
    post: toMembers(302),
    statements: [0, 1],
  },
  "settings/security/two-factor/removal": {
    url: "/settings/security/two-factor/removal",
    get: all(405),
    post: toMembers(302),
    statements: [0, 1],
  },
  "settings/sessions": { url: "/settings/sessions", get: toMembers(200), post: toMembers(405), statements: [0, 3] },
  "settings/sessions/:sessionId/end": {
    url: "/settings/sessions/01a1f833-2695-7726-b2d3-f140121b8ece/end",
    get: all(405),
    post: toMembers(404),
    statements: [0, 1],
  },
  "settings/sessions/end-others": {
    url: "/settings/sessions/end-others",
    get: all(405),
    post: toMembers(302),
    statements: [0, 1],
  },
  bookmarks: { url: "/bookmarks", get: toMembers(200), post: toMembers(405), statements: [0, 2] },
};
