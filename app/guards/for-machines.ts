import { all, type Row, toMembers } from "#app/guards/row.ts";

export const forMachines: Record<string, Row> = {
  healthz: { url: "/healthz", get: all(200), statements: [0, 1], banned: [200, 405] },
  readyz: { url: "/readyz", get: all(200), statements: [1, 2] },
  "robots.txt": { url: "/robots.txt", get: all(200), statements: [0, 1] },
  "speculation-rules.json": { url: "/speculation-rules.json", get: all(200), statements: [0, 1] },
  "dev/mail": { url: "/dev/mail", get: all(200), statements: [0, 1] },
  "*": { url: "/nowhere", get: all(404), post: all(404), statements: [0, 1] },
  "feed.xml": { url: "/feed.xml", get: all(200), statements: [1, 2] },
  "feed.json": { url: "/feed.json", get: all(200), statements: [1, 2] },
  "u/:username/feed.xml": { url: "/u/mina/feed.xml", get: all(200), statements: [1, 2] },
  "u/:username/feed.json": { url: "/u/mina/feed.json", get: all(200), statements: [1, 2] },
  "t/:tag/feed.xml": { url: "/t/gardening/feed.xml", get: all(200), statements: [1, 2] },
  "t/:tag/feed.json": { url: "/t/gardening/feed.json", get: all(200), statements: [1, 2] },
  oembed: { url: "/oembed?url=http://localhost:3000/p/1", get: all(200), statements: [1, 2] },
  "cards/:card": { url: "/cards/1-0123456789abcdef.png", get: all(302), statements: [1, 2] },
  "sitemap.xml": { url: "/sitemap.xml", get: all(200), statements: [1, 2] },
  "sitemap/:kind/:chunk": { url: "/sitemap/posts/0.xml", get: all(200), statements: [1, 2] },
  "manifest.webmanifest": { url: "/manifest.webmanifest", get: all(200), statements: [0, 1] },
  "service-worker.js": { url: "/service-worker.js", get: all(200), statements: [0, 1] },
  offline: { url: "/offline", get: all(200), statements: [0, 1] },
  live: { url: "/live", get: toMembers(406), post: toMembers(405), statements: [0, 1] },
};
