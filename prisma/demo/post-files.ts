import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

const frontMatter = z.object({
  author: z.string(),
  title: z.string(),
  tags: z.string().transform((text) => text.split(",").map((tag) => tag.trim())),
  hoursAgo: z.coerce.number().positive(),
  reactions: z.coerce.number().int().min(0).default(0),
  url: z.url().optional(),
  status: z.enum(["draft", "published"]).default("published"),
  /** why a moderator removed it */
  removed: z.string().optional(),
});

export interface DemoPost extends z.infer<typeof frontMatter> {
  slug: string;
  body: string;
}

/** The demo's posts: files of `key: value` lines between two rules, then Markdown. */
export async function readDemoPosts(): Promise<DemoPost[]> {
  const folder = path.join(import.meta.dirname, "posts");
  const files = (await readdir(folder)).filter((name) => name.endsWith(".md"));
  return Promise.all(
    files.map(async (file) => {
      const [, head = "", body = ""] =
        /^---\n(.*?)\n---\n(.*)$/s.exec(await readFile(path.join(folder, file), "utf8")) ?? [];
      const pairs = head
        .split("\n")
        .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trim()]);
      return { ...frontMatter.parse(Object.fromEntries(pairs)), slug: file.replace(/\.md$/, ""), body: body.trim() };
    }),
  );
}
