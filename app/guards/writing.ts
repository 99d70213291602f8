import { all, type Row, toAuthor, toMembers } from "#app/guards/row.ts";

export const writing: Record<string, Row> = {
  new: { url: "/new", get: toMembers(200), post: toMembers(400), statements: [0, 2] },
  preview: { url: "/preview", get: toMembers(302), post: toMembers(200), statements: [0, 1] },
  drafts: { url: "/drafts", get: toMembers(200), post: toMembers(405), statements: [0, 3] },
  "p/:postId/edit": { url: "/p/1/edit", get: toAuthor(200), post: toMembers(400), statements: [0, 3] },
  "p/:postId/delete": {
    url: "/p/2/delete",
    get: toAuthor(200),
    post: toAuthor(302),
    postAgain: toMembers(404),
    statements: [0, 2],
  },
  "p/:postId/comments": { url: "/p/1/comments", get: toMembers(302), post: toMembers(400), statements: [0, 1] },
  "p/:postId/reaction": { url: "/p/1/reaction", get: all(405), post: toMembers(400), statements: [0, 1] },
  images: { url: "/images", get: all(405), post: toMembers(400), statements: [0, 1] },
  "p/:postId/bookmark": { url: "/p/1/bookmark", get: all(405), post: toMembers(400), statements: [0, 1] },
  "comments/:commentId/edit": {
    url: "/comments/1/edit",
    get: toAuthor(200),
    post: toAuthor(400),
    statements: [0, 3],
  },
  "comments/:commentId/delete": {
    url: "/comments/2/delete",
    get: toAuthor(200),
    post: toAuthor(302),
    postAgain: toMembers(404),
    statements: [0, 2],
  },
  "comments/:commentId/reaction": {
    url: "/comments/1/reaction",
    get: all(405),
    post: toMembers(400),
    statements: [0, 1],
  },
  "mentions/suggestions": {
    url: "/mentions/suggestions?q=be",
    get: toMembers(200),
    post: toMembers(405),
    statements: [0, 3],
  },
  // Nobody reports what is their own.
  "p/:postId/report": {
    url: "/p/1/report",
    get: [401, 404, 200, 200],
    post: [401, 404, 400, 400],
    statements: [0, 3],
  },
  "comments/:commentId/report": {
    url: "/comments/1/report",
    get: [401, 404, 200, 200],
    post: [401, 404, 400, 400],
    statements: [0, 3],
  },
  "u/:username/report": {
    url: "/u/bela/report",
    get: toMembers(200),
    post: toMembers(400),
    statements: [0, 3],
  },
  "u/:username/follow": { url: "/u/mina/follow", get: all(405), post: toMembers(400), statements: [0, 1] },
  "t/:tag/follow": { url: "/t/gardening/follow", get: all(405), post: toMembers(400), statements: [0, 1] },
  "new/draft": { url: "/new/draft", get: all(405), post: toMembers(400), statements: [0, 1] },
  "p/:postId/draft": { url: "/p/1/draft", get: all(405), post: toAuthor(409), statements: [0, 1] },
  "p/:postId/draft/delete": { url: "/p/1/draft/delete", get: all(405), post: toAuthor(302), statements: [0, 1] },
  "p/:postId/pin": { url: "/p/1/pin", get: all(405), post: toMembers(400), statements: [0, 1] },
};
