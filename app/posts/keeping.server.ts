import { randomInt } from "node:crypto";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { roughExcerptOf } from "#app/markdown/excerpt.server.ts";
import { type Basis, draftTags, isEmptyText, isSameText, type Standing, typedOf } from "#app/posts/kept-text.ts";
import type { KeptInput, WrittenPost } from "#app/posts/post-form.ts";
import { findOwnPost, type OwnPost } from "#app/posts/posts.server.ts";
import { db, inTransaction, type Transaction } from "#app/server/database.server.ts";

/*
 * What is kept while somebody types. A draft is changed itself; what is typed into a published post is kept beside
 * it until it is saved. One person's writes stand in line (assertStillMay holds their row), so that what is read in
 * the transaction still stands when it is written.
 */

export type KeepOutcome =
  | { outcome: "kept"; postId: number | null; basis: Basis }
  /** the author was faster, in another tab or on another device */
  | { outcome: "changed-meanwhile"; newer: Standing }
  | { outcome: "gone" };

/** Keeps the text of a new post's form: the first time as a draft, which the form's key names from then on. */
export async function keepNewText(viewer: Viewer, submissionKey: string, input: KeptInput): Promise<KeepOutcome> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    if (!isEmptyText(input)) {
      const [made] = await tx.post.createManyAndReturn({
        data: { authorId: viewer.id, submissionKey, bodyHtml: "", ...draftOf(input) },
        skipDuplicates: true,
        select: { id: true, version: true },
      });
      if (made) return { outcome: "kept", postId: made.id, basis: { version: made.version, revision: 0 } };
    }
    const before = await tx.post.findUnique({
      where: { authorId_submissionKey: { authorId: viewer.id, submissionKey } },
      select: { id: true },
    });
    if (before) return keepIn(tx, viewer, before.id, input);
    return { outcome: "kept", postId: null, basis: { version: 0, revision: 0 } };
  });
}

/** Keeps the text of a form that changes a post of the viewer's. */
export function keepText(viewer: Viewer, id: number, input: KeptInput): Promise<KeepOutcome> {
  return inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    return keepIn(tx, viewer, id, input);
  });
}

async function keepIn(tx: Transaction, viewer: Viewer, id: number, input: KeptInput): Promise<KeepOutcome> {
  const post = await findOwnPost(viewer, id, tx);
  if (!post) return { outcome: "gone" };
  const stands = standingFor(post, input);
  // An answer that was lost on its way is given again.
  if (isSameText(input, stands.text)) return { outcome: "kept", postId: id, basis: stands.basis };
  if (isStale(post, { version: input.version ?? 0, revision: input.revision ?? 0 }))
    return { outcome: "changed-meanwhile", newer: stands };
  const basis = post.status === "draft" ? await changeDraft(tx, post, input) : await changeUnsaved(tx, post, input);
  return { outcome: "kept", postId: id, basis };
}

async function changeDraft(tx: Transaction, { id }: OwnPost, input: KeptInput): Promise<Basis> {
  const deletedAt = isEmptyText(input) ? new Date() : null;
  const data = { ...draftOf(input), bodyHtml: "", deletedAt, version: { increment: 1 } };
  const { version } = await tx.post.update({ where: { id }, data, select: { version: true } });
  return { version, revision: 0 };
}

async function changeUnsaved(tx: Transaction, post: OwnPost, input: KeptInput): Promise<Basis> {
  const { id: postId, version } = post;
  if (isSameText(input, typedOf(post))) {
    await tx.unsavedEdit.deleteMany({ where: { postId } });
    return { version, revision: 0 };
  }
  const { title, body, tags, url, warning } = input;
  const text = { title, body, tags, url, warning, baseVersion: version };
  const { revision } = await tx.unsavedEdit.upsert({
    where: { postId },
    // Counted from anywhere: a form that knows changes which were discarded does not mistake the next ones for them.
    create: { postId, ...text, revision: randomInt(1, 1_000_000_000) },
    update: { ...text, revision: { increment: 1 } },
    select: { revision: true },
  });
  return { version, revision };
}

function draftOf(input: KeptInput) {
  const { title, body, url, warning } = input;
  return {
    title,
    body,
    excerpt: roughExcerptOf(body),
    tags: draftTags(input.tags),
    url: url || null,
    warning: warning || null,
  };
}

/** What the form that changes a post is filled with: the changes that are not saved yet, where there are some. */
export function editingOf(post: OwnPost): {
  values: WrittenPost;
  basis: Basis;
  unsavedSince: string | null;
  newer: Standing | null;
} {
  const unsaved = post.unsavedEdit;
  const { text: values, basis, at } = standingFor(post, {});
  if (!unsaved) return { values, basis, unsavedSince: null, newer: null };
  // Saved elsewhere after these changes were begun: that text is shown beside them.
  const newer = unsaved.baseVersion === post.version ? null : standingFor(post, { revision: unsaved.revision });
  return { values, basis, unsavedSince: at, newer };
}

/** Whether a form was filled with an older state of the post than the one that stands. A form that says nothing is not. */
export function isStale(post: OwnPost, { version, revision }: Partial<Basis>): boolean {
  return (
    (version !== undefined && version !== post.version) || (revision !== undefined && revision !== revisionOf(post))
  );
}

/**
 * The text that stands in a post for its author: where changes to a published post were kept that the form does not
 * know, or that nobody has overtaken, those; else the post itself.
 */
export function standingFor(post: OwnPost, form: Partial<Basis>): Standing {
  const unsaved = post.unsavedEdit;
  const basis = { version: post.version, revision: revisionOf(post) };
  const overtaken = unsaved && unsaved.revision === form.revision && unsaved.baseVersion !== post.version;
  if (!unsaved || overtaken) {
    const at = post.status === "draft" ? post.updatedAt : (post.editedAt ?? post.publishedAt ?? post.updatedAt);
    return { text: typedOf(post), basis, at: at.toISOString() };
  }
  return { text: typedInto(unsaved), basis, at: unsaved.updatedAt.toISOString() };
}

function revisionOf({ unsavedEdit }: OwnPost): number {
  return unsavedEdit?.revision ?? 0;
}

function typedInto({ title, body, tags, url, warning }: WrittenPost): WrittenPost {
  return { title, body, tags, url, warning };
}

/** Forgets what was typed into a published post of the viewer's, unless it was changed after `revision`. */
export async function discardUnsaved(viewer: Viewer, postId: number, revision: number | undefined): Promise<void> {
  if (!revision) return;
  await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    await tx.unsavedEdit.deleteMany({ where: { postId, revision, post: { authorId: viewer.id } } });
  });
}

/** Whether a form of the viewer's has become a post already. */
export async function hasBecomePost(viewer: Viewer, submissionKey: string): Promise<boolean> {
  const where = { authorId_submissionKey: { authorId: viewer.id, submissionKey } };
  return (await db.post.findUnique({ where, select: { id: true } })) !== null;
}
