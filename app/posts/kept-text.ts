import { z } from "zod";
import { isVisible, tidyLine, tidyLines } from "#app/markdown/typed-text.ts";
import { postLimits, tidyTags, type WrittenPost } from "#app/posts/post-form.ts";

/** The state of a post that a form was filled with. */
export const basisSchema = z.object({
  /** of the post; 0 before there is one */
  version: z.number(),
  /** of the changes to a published post that are kept while they are typed; 0 for none */
  revision: z.number(),
});
export type Basis = z.infer<typeof basisSchema>;

export const writtenSchema: z.ZodType<WrittenPost> = z.object({
  title: z.string(),
  body: z.string(),
  tags: z.string(),
  url: z.string(),
  warning: z.string(),
});

/** A text as the site has it, and what a form is based on that was filled with it. */
export const standingSchema = z.object({ text: writtenSchema, basis: basisSchema, at: z.iso.datetime() });
export type Standing = z.infer<typeof standingSchema>;

/** The answer to a text that was kept. No post: the form was emptied before it had one. */
export const keptSchema = z.object({ postId: z.number().nullable(), basis: basisSchema });

/** The answers to a text that was not kept: what stands there instead, or what is wrong with the text. */
export const notKeptSchema = z.object({ newer: standingSchema.optional(), error: z.string().optional() });

/** A text as it comes back when it was kept: the same words, without what is not kept. */
export function tidyText({ title, body, tags, url, warning }: WrittenPost): WrittenPost {
  return {
    title: tidyLine(title),
    body: tidyLines(body),
    tags: tidyTags(tags),
    url: tidyLine(url),
    warning: tidyLine(warning),
  };
}

export function isSameText(one: WrittenPost, other: WrittenPost): boolean {
  const [a, b] = [tidied(one), tidied(other)];
  return a.title === b.title && a.body === b.body && a.tags === b.tags && a.url === b.url && a.warning === b.warning;
}

/** Asked of the same saved text with every letter that is typed. */
function tidied(text: WrittenPost): WrittenPost {
  const known = tidiedTexts.get(text) ?? tidyText(text);
  tidiedTexts.set(text, known);
  return known;
}

const tidiedTexts = new WeakMap<WrittenPost, WrittenPost>();

/** Whether there is nothing in it that anybody would miss. */
export function isEmptyText({ title, body, tags, url, warning }: WrittenPost): boolean {
  return !isVisible(title + body + tags + url + warning);
}

/** A draft's tags, finished or not, in as many pieces as a post has tags: joined by commas they are what was typed. */
export function draftTags(typed: string): string[] {
  const pieces = tidyTags(typed).split(", ").filter(Boolean);
  const last = postLimits.maxTags - 1;
  return pieces.length <= postLimits.maxTags ? pieces : [...pieces.slice(0, last), pieces.slice(last).join(", ")];
}

/** What a form is filled with to change a post. */
export function typedOf(post: {
  title: string;
  body: string;
  tags: string[];
  url: string | null;
  warning: string | null;
}): WrittenPost {
  const { title, body, tags, url, warning } = post;
  return { title, body, tags: tags.join(", "), url: url ?? "", warning: warning ?? "" };
}
