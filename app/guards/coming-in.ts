import { all, type Row, toMembers, toVisitors } from "#app/guards/row.ts";

export const comingIn: Record<string, Row> = {
  join: { url: "/join", get: toVisitors(200), post: toVisitors(400), statements: [0, 1] },
  "join/code": { url: "/join/code", get: toVisitors(200), post: toVisitors(400), statements: [0, 1] },
  "join/profile": { url: "/join/profile", get: all(302), post: all(302), statements: [0, 1] },
  "join/with-provider": { url: "/join/with-provider", get: all(302), post: all(302), statements: [0, 1] },
  "join/without-provider": { url: "/join/without-provider", get: all(405), post: all(302), statements: [0, 1] },
  "join/username-available": {
    url: "/join/username-available?username=free-one",
    get: all(200),
    statements: [2, 3],
  },
  "sign-in": { url: "/sign-in", get: toVisitors(200), post: toVisitors(400), statements: [0, 1] },
  "sign-in/two-factor": {
    url: "/sign-in/two-factor",
    get: toVisitors(200),
    post: toVisitors(400),
    statements: [0, 1],
  },
  "sign-in/known-address": { url: "/sign-in/known-address", get: all(302), statements: [0, 1] },
  // No provider is offered here.
  "sign-in/with/:provider": { url: "/sign-in/with/github", get: all(404), post: all(404), statements: [0, 1] },
  "sign-in/with/:provider/callback": {
    url: "/sign-in/with/github/callback",
    get: all(404),
    statements: [0, 1],
  },
  "confirm/with/:provider": {
    url: "/confirm/with/github",
    get: toMembers(302),
    post: toMembers(302),
    statements: [0, 1],
  },
  "sign-out": { url: "/sign-out", get: all(405), post: all(302), statements: [0, 1], banned: [405, 302] },
  "forgot-password": { url: "/forgot-password", get: all(200), post: all(400), statements: [0, 1] },
  "undo-email-change": { url: "/undo-email-change", get: all(200), post: all(400), statements: [0, 1] },
  "reset-password": { url: "/reset-password", get: all(200), post: all(400), statements: [0, 1] },
  confirm: { url: "/confirm", get: toMembers(302), post: toMembers(405), statements: [0, 3] },
  "confirm/password": {
    url: "/confirm/password",
    get: toMembers(302),
    post: toMembers(400),
    statements: [0, 1],
  },
  "confirm/second-factor": {
    url: "/confirm/second-factor",
    get: toMembers(302),
    post: toMembers(400),
    statements: [0, 1],
  },
  "confirm/code": { url: "/confirm/code", get: toMembers(302), post: toMembers(400), statements: [0, 1] },
  setup: { url: "/setup", get: all(404), post: all(404), statements: [0, 1] },
  "api/auth/*": { url: "/api/auth/get-session", get: all(404), post: all(404), statements: [0, 1] },
  welcome: { url: "/welcome", get: toMembers(200), post: toMembers(302), statements: [0, 2] },
};
