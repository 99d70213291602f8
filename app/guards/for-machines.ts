import { all, type Row } from "#app/guards/row.ts";

export const forMachines: Record<string, Row> = {
  healthz: { url: "/healthz", get: all(200), statements: [0, 1], banned: [200, 405] },
  readyz: { url: "/readyz", get: all(200), statements: [1, 2] },
  "robots.txt": { url: "/robots.txt", get: all(200), statements: [0, 1] },
  "speculation-rules.json": { url: "/speculation-rules.json", get: all(200), statements: [0, 1] },
  "dev/mail": { url: "/dev/mail", get: all(200), statements: [0, 1] },
  "*": { url: "/nowhere", get: all(404), post: all(404), statements: [0, 1] },
};
