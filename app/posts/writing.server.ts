import { randomUUID } from "node:crypto";
import { href } from "react-router";
import { assertStillMay } from "#app/auth/still-signed-in.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { keepPostVersion } from "#app/history/versions.server.ts";
import { roughExcerptOf } from "#app/markdown/excerpt.server.ts";
import { keepMentions, renderNaming } from "#app/mentions/mentions.server.ts";
import { tell } from "#app/notifications/tell.server.ts";
import { discardUnsaved, isStale, standingFor } from "#app/posts/keeping.server.ts";
import type { Standing } from "#app/posts/kept-text.ts";
import { type PostStatus, postPath } from "#app/posts/post.ts";
import type { PostInput } from "#app/posts/post-form.ts";
import { emptiedDraft, findOwnPost, type OwnPost, ownPost } from "#app/posts/posts.server.ts";
import { db, inTransaction, type Transaction, violatedConstraint } from "#app/server/database.server.ts";
import { admit, type GateRefusal } from "#app/trust/admission.server.ts";

/** What a page needs to go on to the post. */
export interface WrittenAddress {
  id: number;
  title: string;
  status: PostStatus;
}

/** The form was sent before: the same again, which made no second post, or with another text. */
export type WriteOutcome =
  | { outcome: "written" | "sent-before"; post: WrittenAddress }
  | { outcome: "form-used" }
  | EditOutcome;

/** A gate does not let the text through: nothing was written. */
interface RefusedByGate {
  outcome: "refused";
  refusal: GateRefusal;
}

/** Writes a new post of the viewer's, published or as a draft. A form that is sent twice makes one post. */
export async function writePost(viewer: Viewer, input: PostInput): Promise<WriteOutcome> {
  const { mentions, ...content } = await contentOf(viewer, input);
  const submissionKey = input.submissionKey ?? randomUUID();
  try {
    return await inTransaction(async (tx): Promise<WriteOutcome> => {
      const standing = await assertStillMay(tx, viewer);
      const admission =
        input.status === "draft"
          ? admitted
          : await admit(tx, viewer, standing, { of: "post", text: readersText(content), submissionKey });
      if (admission.refusal) return { outcome: "refused", refusal: admission.refusal };
      const post = await tx.post.create({
        data: { ...content, authorId: viewer.id, submissionKey, ...publication(input, admission.held) },
        select: { id: true, title: true, status: true },
      });
      if (mentions.length > 0) {
        const named = await keepMentions(tx, { postId: post.id }, viewer.id, mentions, { whom: "everyone" });
        if (post.status === "published" && !admission.held) await tell(tx, named);
      }
      return { outcome: "written", post };
    });
  } catch (error) {
    if (!violatedConstraint(error)?.includes("submission_key")) throw error;
    const draft = await findDraftOfForm(viewer, submissionKey);
    // The form's own first keeping, unless the draft was changed elsewhere since.
    if (draft) return editPost(viewer, draft.id, { version: 1, ...input });
    const before = await db.post.findFirst({
      where: { authorId: viewer.id, submissionKey, deletedAt: null, title: content.title, body: content.body },
      select: { id: true, title: true, status: true },
    });
    return before ? { outcome: "sent-before", post: before } : { outcome: "form-used" };
  }
}

/** The draft that a new post's form has made by saving itself, or by being sent; null for none. */
export function findDraftOfForm(viewer: Viewer, submissionKey: string): Promise<{ id: number } | null> {
  return db.post.findFirst({
    where: {
      authorId: viewer.id,
      submissionKey,
      status: "draft",
      removedAt: null,
      OR: [{ deletedAt: null }, emptiedDraft],
    },
    select: { id: true },
  });
}

export type EditOutcome =
  | { outcome: "saved"; post: WrittenAddress }
  /** somebody else was faster: the author, in another tab */
  | { outcome: "changed-meanwhile"; newer: Standing }
  | { outcome: "already-published" }
  | RefusedByGate
  | { outcome: "gone" };

/** Changes a post of the viewer's, unless it is no longer the version that the form was filled with. */
export async function editPost(viewer: Viewer, id: number, input: PostInput): Promise<EditOutcome> {
  const post = await findOwnPost(viewer, id);
  if (!post) return { outcome: "gone" };
  if (isStale(post, input) && !isUnchanged(post, input))
    return { outcome: "changed-meanwhile", newer: standingFor(post, input) };
  if (isUnchanged(post, input)) {
    await discardUnsaved(viewer, id, input.revision);
    return { outcome: "saved", post };
  }
  if (post.status === "published" && input.status === "draft") return { outcome: "already-published" };
  const { mentions, ...content } = await contentOf(viewer, input, id);
  const changed = await inTransaction(async (tx): Promise<{ count: number } | RefusedByGate> => {
    const standing = await assertStillMay(tx, viewer);
    const published = post.status === "published";
    const before = published ? () => readersTextOf(tx, id) : undefined;
    const admission =
      input.status === "draft"
        ? admitted
        : await admit(tx, viewer, standing, { of: "post", text: readersText(content), before });
    if (admission.refusal) return { outcome: "refused", refusal: admission.refusal };
    await keepPostVersion(tx, { id, authorId: viewer.id, version: post.version });
    const edited = await tx.post.updateMany({
      where: { ...ownPost(viewer, id), version: post.version },
      data: {
        ...content,
        version: { increment: 1 },
        deletedAt: null,
        ...(published ? { editedAt: new Date() } : publication(input, admission.held)),
      },
    });
    if (edited.count === 0) return edited;
    if (input.revision) await tx.unsavedEdit.deleteMany({ where: { postId: id, revision: input.revision } });
    const whom = published ? "new" : "everyone";
    const named = await keepMentions(tx, { postId: id }, viewer.id, mentions, { whom });
    if (input.status === "published" && !admission.held) await tell(tx, named);
    return edited;
  });
  if ("outcome" in changed) return changed;
  if (changed.count === 1) return { outcome: "saved", post: { id, title: content.title, status: input.status } };
  const newer = await findOwnPost(viewer, id);
  return newer ? { outcome: "changed-meanwhile", newer: standingFor(newer, input) } : { outcome: "gone" };
}

/** Deletes a post of the viewer's: from then on nobody sees it. Null where there is none. */
export async function deletePost(viewer: Viewer, id: number): Promise<{ status: PostStatus } | null> {
  const [deleted] = await inTransaction(async (tx) => {
    await assertStillMay(tx, viewer);
    return tx.post.updateManyAndReturn({
      where: { id, authorId: viewer.id, deletedAt: null, removedAt: null },
      data: { deletedAt: new Date() },
      select: { status: true },
    });
  });
  return deleted ?? null;
}

/** Where its author goes on from a post that was saved: to its page, or back to the draft. */
export function pathAfterWriting(post: WrittenAddress): string {
  return post.status === "published" ? postPath(post) : `${href("/p/:postId/edit", { postId: String(post.id) })}?saved`;
}

/** What a post says. A draft is laid out when it is shown or published: it changes often, and one person reads it. */
async function contentOf(viewer: Viewer, { status, title, body, tags, url, warning }: PostInput, postId?: number) {
  const words = { title, body, tags, url: url || null, warning: warning || null };
  if (status === "draft") return { ...words, bodyHtml: "", excerpt: roughExcerptOf(body), mentions: [] };
  const { html, excerpt, mentions } = await renderNaming(body, "post", viewer, postId ? { postId } : undefined);
  return { ...words, bodyHtml: html, excerpt, mentions };
}

/** A post that waits for a look is removed for so long: no reader's query needs to know of waiting. */
function publication({ status }: PostInput, held: boolean) {
  const now = new Date();
  const waiting = held ? { heldAt: now, removedAt: now } : {};
  return { status, publishedAt: status === "published" ? now : null, ...waiting };
}

const admitted = { refusal: null, held: false } as const;

function readersText({ bodyHtml, url }: { bodyHtml: string; url: string | null }) {
  return { html: bodyHtml, url };
}

async function readersTextOf(tx: Transaction, id: number) {
  return readersText(await tx.post.findUniqueOrThrow({ where: { id }, select: { bodyHtml: true, url: true } }));
}

function isUnchanged(post: OwnPost, { status, title, body, tags, url, warning }: PostInput): boolean {
  return (
    post.status === status &&
    post.title === title &&
    post.body === body &&
    post.tags.join() === tags.join() &&
    (post.url ?? "") === url &&
    (post.warning ?? "") === warning
  );
}
