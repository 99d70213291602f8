import { postOnly } from "#app/middleware/post-only.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import { requireViewer, viewerOf } from "#app/middleware/require-viewer.ts";
import { readForm } from "#app/server/form.server.ts";
import { takeFile } from "#app/uploads/chosen-file.server.ts";
import { PictureRefused, PicturesBusy } from "#app/uploads/images.server.ts";
import { imageMarkdown, noPicture } from "#app/uploads/upload.ts";
import { addImage } from "#app/uploads/uploads.server.ts";
import type { Route } from "./+types/images";

export const middleware: Route.MiddlewareFunction[] = [postOnly, requireViewer];

/** Takes one picture for a text; the editor's script sends it here and puts the answer into the text. */
export async function action({ request, context }: Route.ActionArgs) {
  const viewer = viewerOf(context);
  await spend("upload-by-user", viewer.id);
  const file = await takeFile(await readForm(request), "image");
  if (!file) return Response.json({ error: noPicture }, { status: 400 });
  try {
    const image = await addImage(viewer, file);
    return Response.json({ ...image, markdown: imageMarkdown(image.address) }, { status: 201 });
  } catch (error) {
    if (!(error instanceof PictureRefused)) throw error;
    if (!(error instanceof PicturesBusy)) return Response.json({ error: error.message }, { status: 400 });
    const headers = { "Retry-After": String(error.retryAfterSeconds) };
    return Response.json({ error: error.message }, { status: 429, headers });
  }
}
