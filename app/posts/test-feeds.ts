import { expect } from "vitest";
import { db } from "#app/server/database.server.ts";
import { send } from "#app/server/test-request.ts";

/** Publishes posts straight into the database; returns their ids in the order given. */
export async function publishDirectly(
  posts: { authorId: string; publishedAt?: Date; tags?: string[]; title?: string }[],
): Promise<number[]> {
  const rows = await db.post.createManyAndReturn({
    data: posts.map(({ authorId, publishedAt = new Date(), tags = ["gardening"], title = "A post" }) => ({
      authorId,
      title,
      tags,
      publishedAt,
      status: "published" as const,
      body: "text",
      bodyHtml: "<p>text</p>",
      excerpt: "text",
    })),
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** The posts of a list, in its order. */
export function idsOn(html: string): number[] {
  return [...html.matchAll(/<article[^>]*data-post-id="(\d+)"/g)].map((match) => Number(match[1]));
}

/** Where the next page of a list is; undefined on the last. */
export function nextOn(html: string): string | undefined {
  const [tag = ""] = /<a[^>]*rel="next"[^>]*>/.exec(html) ?? [];
  return /href="([^"]+)"/.exec(tag)?.[1]?.replaceAll("&amp;", "&");
}

/** Walks a list from page to page; `between` is called after each page. */
export async function walk(start: string, cookie?: string, between?: () => Promise<unknown>): Promise<number[]> {
  const seen: number[] = [];
  for (let next: string | undefined = start; next; ) {
    const { body, status } = await send(next, { cookie });
    expect(status).toBe(200);
    seen.push(...idsOn(body));
    next = nextOn(body);
    expect(seen.length).toBeLessThan(2_000);
    await between?.();
  }
  return seen;
}
