// A program of its own: servers that stand for the limits which the site is compared with, on one core with it.
// They do the same work by hand: no framework, no guards, no log. Prints its port when it is ready.
import http from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { createElement as h } from "react";
import { renderToPipeableStream } from "react-dom/server";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const pageBytes = Buffer.alloc(Number(process.env.PAGE_BYTES ?? 40_000), "x");

const postsSql = `
  select p.id, p.title, p.excerpt, p.tags, p.published_at, p.comment_count, p.reaction_count, u.username, u.name,
         exists (select from reactions r where r.post_id = p.id and r.user_id = $1) as reacted
    from (select * from posts where status = 'published' and deleted_at is null and removed_at is null
           order by published_at desc, id desc limit 25) p
    join users u on u.id = p.author_id order by p.published_at desc, p.id desc`;
const sessionSql =
  "select u.id, u.username, u.name, u.role from sessions s join users u on u.id = s.user_id where s.token = $1";

type Row = Record<string, string>;

const references: Record<string, (response: http.ServerResponse) => Promise<void> | void> = {
  "/static": (response) => void response.end(pageBytes),
  "/react": async (response) => renderPosts(response, await listPosts(null)),
  "/react-signed-in": async (response) => {
    const viewer = await findViewer();
    renderPosts(response, await listPosts(viewer?.id ?? null));
  },
  "/session": async (response) => void response.end(JSON.stringify(await findViewer())),
};

const server = http.createServer((request, response) => {
  const reference = references[request.url ?? ""];
  if (!reference) return void response.writeHead(404).end();
  void reference(response);
});
server.listen(0, "127.0.0.1", () => console.log(`port ${(server.address() as AddressInfo).port}`)); // listens on TCP

async function listPosts(viewerId: string | null): Promise<Row[]> {
  return (await pool.query<Row>({ name: "posts", text: postsSql, values: [viewerId] })).rows;
}

async function findViewer(): Promise<Row | undefined> {
  return (await pool.query<Row>({ name: "session", text: sessionSql, values: [process.env.SESSION_TOKEN] })).rows[0];
}

function renderPosts(response: http.ServerResponse, rows: Row[]): void {
  const post = (row: Row) =>
    h(
      "article",
      { key: row.id, "data-post-id": row.id },
      h(
        "p",
        null,
        h(
          "a",
          { href: `/u/${row.username}` },
          h("img", { src: `/avatars/${row.username}.svg`, alt: "" }),
          row.name,
          ` @${row.username}`,
        ),
        h("time", { dateTime: new Date(row.published_at ?? 0).toISOString() }, "1h"),
      ),
      h("h2", null, h("a", { href: `/p/${row.id}` }, row.title)),
      h("p", null, row.excerpt),
      h("p", null, row.reacted ? "♥ " : "♡ ", row.reaction_count, " ", row.comment_count),
    );
  const page = h(
    "html",
    { lang: "en" },
    h("head", null, h("title", null, "Reference")),
    h("body", null, h("main", null, rows.map(post))),
  );
  const { pipe } = renderToPipeableStream(page, { onShellReady: () => void pipe(response) });
}
