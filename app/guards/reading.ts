import { all, type Row, toMembers } from "#app/guards/row.ts";

export const reading: Record<string, Row> = {
  "": { url: "/", get: all(200), statements: [1, 2] },
  "t/:tag": { url: "/t/gardening", get: all(200), statements: [2, 3] },
  "p/:postId/:slug?": { url: "/p/1/a-post", get: all(200), statements: [2, 4] },
  "u/:username": { url: "/u/mina", get: all(200), statements: [2, 3] },
  "avatars/:seed": { url: "/avatars/01a1f833-2695-7726-b2d3-f140121b8ece.svg", get: all(200), statements: [0, 1] },
  "media/:key": {
    url: "/media/0123456789abcdef-96.webp",
    get: all(200),
    statements: [1, 2],
    banned: [200, 405],
  },
  "p/:postId/history": { url: "/p/1/history", get: all(200), statements: [1, 2] },
  "comments/:commentId": { url: "/comments/1", get: all(302), statements: [1, 2] },
  "comments/:commentId/history": { url: "/comments/1/history", get: all(200), statements: [1, 2] },
  "u/:username/comments": { url: "/u/mina/comments", get: all(200), statements: [2, 3] },
  hot: { url: "/hot", get: all(200), statements: [1, 2] },
  // An empty one also asks what to suggest.
  following: { url: "/following", get: toMembers(200), post: toMembers(405), statements: [0, 3] },
  tags: { url: "/tags", get: all(200), statements: [1, 2] },
  "tags/suggestions": { url: "/tags/suggestions?q=gar", get: all(200), statements: [2, 3] },
  "p/:postId/ranking": { url: "/p/1/ranking", get: all(200), statements: [1, 2] },
  "about/ranking": { url: "/about/ranking", get: all(200), statements: [1, 2] },
  about: { url: "/about", get: all(200), statements: [0, 1] },
  "about/terms": { url: "/about/terms", get: all(200), statements: [1, 2] },
  "about/privacy": { url: "/about/privacy", get: all(404), statements: [1, 2] },
  "about/rules": { url: "/about/rules", get: all(200), statements: [1, 2] },
  "about/trust": { url: "/about/trust", get: all(200), statements: [1, 2] },
  "u/:username/followers": { url: "/u/mina/followers", get: all(200), statements: [2, 3] },
  "u/:username/following": { url: "/u/mina/following", get: all(200), statements: [2, 3] },
  search: { url: "/search?q=words", get: all(200), statements: [3, 4] },
};
