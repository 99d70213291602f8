import { inPortions, jsonList, type Part } from "#app/exports/part.ts";
import { postPath, slugOf } from "#app/posts/post.ts";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";

/** All posts of theirs with what was counted, drafts, deleted and removed ones included. */
export function postsFile(userId: string): Part {
  return { name: "posts.json", input: jsonList(described(userId)) };
}

async function* described(userId: string) {
  for await (const { bodyHtml: _, authorId: __, submissionKey: ___, ...post } of listPosts(userId)) {
    yield { ...post, address: settings().siteUrl + postPath(post) };
  }
}

/** Each post as Markdown, with what is not its text in front. */
export async function* listPostFiles(userId: string): AsyncGenerator<Part> {
  for await (const { unsavedEdit: unsaved, ...post } of listPosts(userId)) {
    const folder = post.status === "draft" ? "drafts" : "posts";
    const name = [post.id, slugOf(post.title)].filter(Boolean).join("-");
    const lastModified = post.editedAt ?? post.createdAt;
    yield { name: `${folder}/${name}.md`, input: markdownFile(post), lastModified };
    if (unsaved) {
      const { title, body, tags, url, warning } = unsaved;
      const text = { ...post, title, body, url, warning, tags: tags.split(/[,\s]+/).filter(Boolean) };
      yield { name: `drafts/${name}-unsaved.md`, input: markdownFile(text), lastModified: unsaved.updatedAt };
    }
  }
}

function listPosts(authorId: string) {
  return inPortions((after, take) =>
    db.post.findMany({
      where: { authorId, id: { gt: after } },
      include: { unsavedEdit: true },
      orderBy: { id: "asc" },
      take,
    }),
  );
}

interface Text {
  id: number;
  title: string;
  body: string;
  tags: string[];
  url: string | null;
  warning: string | null;
  status: string;
  publishedAt: Date | null;
  editedAt: Date | null;
  deletedAt: Date | null;
  removedAt: Date | null;
}

/** JSON is YAML: every value is quoted as JSON has it, so that nothing in it is taken for something else. */
function markdownFile({ id, body, title, tags, url, warning, status, ...moments }: Text): string {
  const { publishedAt, editedAt, deletedAt, removedAt } = moments;
  const front = { id, title, tags, link: url, warning, status, publishedAt, editedAt, deletedAt, removedAt };
  const lines = Object.entries(front).flatMap(([name, value]) =>
    value === null || value === "" ? [] : [`${name}: ${JSON.stringify(value)}`],
  );
  return `---\n${lines.join("\n")}\n---\n\n${body}\n`;
}

/** Under whose post a comment stands is known to everyone who may see it; of other posts only the number is said. */
export function commentsFile(userId: string): Part {
  return { name: "comments.json", input: jsonList(listComments(userId)) };
}

function listComments(authorId: string) {
  return inPortions((after, take) =>
    db.comment.findMany({
      where: { authorId, id: { gt: after } },
      orderBy: { id: "asc" },
      take,
      omit: { bodyHtml: true, authorId: true, submissionKey: true },
    }),
  );
}

export function formerTextsFile(userId: string): Part {
  return { name: "former-texts.json", input: jsonList(listFormerTexts(userId)) };
}

async function* listFormerTexts(authorId: string) {
  const posts = (after: number, take: number) =>
    db.post.findMany({
      where: { authorId, id: { gt: after }, versions: { some: {} } },
      orderBy: { id: "asc" },
      take,
      select: { id: true, versions: { orderBy: { version: "asc" } } },
    });
  const comments = (after: number, take: number) =>
    db.comment.findMany({
      where: { authorId, id: { gt: after }, versions: { some: {} } },
      orderBy: { id: "asc" },
      take,
      select: { id: true, versions: { orderBy: { version: "asc" } } },
    });
  for await (const { versions } of inPortions(posts)) yield* versions;
  for await (const { versions } of inPortions(comments)) yield* versions;
}
