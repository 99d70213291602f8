import type { SubmissionResult } from "@conform-to/react";
import type { Viewer } from "#app/auth/viewer.ts";
import { spendOrSay } from "#app/middleware/spend-or-say.ts";
import type { EditorNotice } from "#app/posts/post-form.ts";
import { readForm } from "#app/server/form.server.ts";
import { takeFile } from "#app/uploads/chosen-file.server.ts";
import { PictureRefused } from "#app/uploads/images.server.ts";
import { imageMarkdown } from "#app/uploads/upload.ts";
import { addImage } from "#app/uploads/uploads.server.ts";

/**
 * The editor's form. Where a picture was chosen in it, the picture is taken and stands at the end of the text, and
 * the form goes back to the person first: they decide where it belongs.
 */
export async function readPostForm(request: Request, viewer: Viewer) {
  const form = await readForm(request);
  const picture = await takeFile(form, "image");
  return { form, added: picture && (await addToBody(form, picture, viewer)) };
}

/** The form as it was typed, with nothing done yet; `added` says what became of the picture. */
export function replyOf(
  submission: { reply(options?: { fieldErrors?: Record<string, string[]> }): SubmissionResult<string[]> },
  added: EditorNotice | null,
): SubmissionResult<string[]> {
  if (!added) return submission.reply();
  if (added.refused) return submission.reply({ fieldErrors: { image: [added.refused] } });
  const { error: _, ...kept } = submission.reply();
  return kept;
}

async function addToBody(form: FormData, picture: Buffer, viewer: Viewer): Promise<EditorNotice> {
  const limited = await spendOrSay("upload-by-user", viewer.id);
  if (limited) return { refused: limited.message };
  try {
    const { address } = await addImage(viewer, picture);
    const body = form.get("body");
    const before = typeof body === "string" ? body.trimEnd() : "";
    form.set("body", `${before && `${before}\n\n`}${imageMarkdown(address)}\n`);
    return { pictureAdded: true };
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error;
    return { refused: error.message };
  }
}
