import type { SubmissionResult } from "@conform-to/react";
import { z } from "zod";
import { isVisible, lengthOf, tidyLine, tidyLines } from "#app/markdown/typed-text.ts";
import { postStatuses } from "#app/posts/post.ts";

/** A post as its editor fills the form: everything as typed. */
export interface WrittenPost {
  title: string;
  body: string;
  tags: string;
  url: string;
  /** what a reader is asked before the text is shown */
  warning: string;
}

export const emptyPost: WrittenPost = { title: "", body: "", tags: "", url: "", warning: "" };

/** What became of a picture that was sent with the form. */
export interface EditorNotice {
  pictureAdded?: true;
  refused?: string;
}

/** A post as its page would show it. */
export const composedSchema = z.object({
  title: z.string(),
  html: z.string(),
  tags: z.array(z.string()),
  url: z.string(),
  warning: z.string(),
});

/** The preview's answer: the post, or what is wrong with the form. */
export interface Previewed {
  composed: z.infer<typeof composedSchema> | null;
  lastResult: SubmissionResult<string[]>;
}

/** What the form and the database agree on. */
export const postLimits = {
  minTitle: 3,
  maxTitle: 150,
  maxBody: 50_000,
  maxTags: 5,
  minTag: 2,
  maxTag: 30,
  maxUrl: 2_000,
  maxWarning: 100,
  maxTypedTags: 1_000,
};

const typedLine = z
  .string("Enter this as text.")
  .optional()
  .transform((typed = "") => tidyLine(typed));

const title = typedLine.refine((line) => lengthOf(line) <= postLimits.maxTitle, {
  error: `Use at most ${postLimits.maxTitle} characters.`,
});

const warning = typedLine.refine((line) => lengthOf(line) <= postLimits.maxWarning, {
  error: `Use at most ${postLimits.maxWarning} characters: a few words are enough.`,
});

const body = z
  .string("Enter this as text.")
  .optional()
  .transform((typed = "") => tidyLines(typed))
  .refine((body) => body.length <= postLimits.maxBody, {
    error: ({ input }) =>
      `This is ${(String(input).length - postLimits.maxBody).toLocaleString("en")} characters too long: a post holds 50,000.`,
  });

const typedTags = z
  .string("Enter this as text.")
  .max(postLimits.maxTypedTags, "That is too much for tags: use at most 5.")
  .optional();

const written = {
  title,
  body,
  tags: typedTags
    .transform((typed = "") => parseTags(typed))
    .superRefine((tags, context) => {
      const message = tagsProblem(tags);
      if (message) context.addIssue({ code: "custom", message });
    }),
  url: typedLine.refine((url) => url === "" || isWebAddress(url), {
    error: "Enter a web address that starts with https:// or http://, or leave this empty.",
  }),
  warning,
};

/** Which state of a post the form was filled with: what is saved upon an older one is refused. */
const basis = {
  version: z.number().int().min(1).max(2_147_483_647).optional().catch(0),
  /** of the changes to a published post that are kept while they are typed; 0 for none */
  revision: z.number().int().min(0).max(2_147_483_647).optional().catch(undefined),
  submissionKey: z.uuid().optional().catch(undefined),
};

/** A text as it is kept while somebody types: half-written tags and addresses too, within the bounds of each field. */
export const keptForm = z.object({
  title,
  body,
  tags: typedTags.transform((typed = "") => tidyTags(typed)),
  url: typedLine.refine((url) => url.length <= postLimits.maxUrl, "This address is too long."),
  warning,
  ...basis,
});

export type KeptInput = z.infer<typeof keptForm>;

/** What a preview needs: texts that could be kept, finished or not. */
export const previewForm = z.object(written);

/** A post as the editor sends it. A draft may be unfinished; what is published is whole. */
export const postForm = z
  .object({
    ...written,
    status: z.enum(postStatuses, "Choose to publish or to save a draft."),
    ...basis,
  })
  .superRefine(({ status, title, body, url, tags }, context) => {
    const say = (path: "title" | "body" | "tags", message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    if (status === "draft") {
      if (!isVisible(title + body + url)) say("body", "There is nothing to save yet.");
      return;
    }
    if (!isVisible(title)) say("title", "Give your post a title.");
    else if (lengthOf(title) < postLimits.minTitle) say("title", `Use at least ${postLimits.minTitle} characters.`);
    if (!isVisible(body) && !url) say("body", "Write something, or add a link that the post is about.");
    if (tags.length === 0) say("tags", "Add at least one tag, so that people find your post.");
  });

export type PostInput = z.infer<typeof postForm>;

/** Tags as typed, separated by commas, in the one form that they are kept in: "Urban Planning" is urban-planning. */
export function parseTags(typed: string): string[] {
  const tags = typed.split(tagSeparator).map(canonicalTag);
  return [...new Set(tags.filter(Boolean))];
}

const tagSeparator = /[,;，、،\n]/;

/** Tags as typed, finished or not, with one comma between them. */
export function tidyTags(typed: string): string {
  return typed.split(tagSeparator).map(tidyLine).filter(Boolean).join(", ");
}

export function canonicalTag(typed: string): string {
  return typed
    .normalize("NFKC")
    .toLowerCase()
    .trim()
    .replace(/^#+/, "")
    .replace(/[\s_-]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** What speaks against these tags, in words for the person; null where nothing does. */
export function tagsProblem(tags: string[]): string | null {
  if (tags.length > postLimits.maxTags) return `Use at most ${postLimits.maxTags} tags.`;
  const odd = tags.find((tag) => !/^[\p{L}\p{N}][\p{L}\p{M}\p{N}-]*$/u.test(tag));
  if (odd) return `“${odd.slice(0, 40)}” cannot be a tag: use letters, digits and hyphens.`;
  const short = tags.find((tag) => lengthOf(tag) < postLimits.minTag);
  if (short) return `“${short}” is too short for a tag: use at least ${postLimits.minTag} characters.`;
  const long = tags.find((tag) => lengthOf(tag) > postLimits.maxTag);
  if (long) return `“${long.slice(0, 40)}” is too long for a tag: use at most ${postLimits.maxTag} characters.`;
  return null;
}

/** Whether a link may lead there. */
export function isWebAddress(text: string): boolean {
  if (text.length > postLimits.maxUrl || !URL.canParse(text)) return false;
  const { protocol, hostname } = new URL(text);
  return /^https?:$/.test(protocol) && hostname !== "";
}
