import { viewerContext } from "#app/auth/viewer.ts";
import { readStoredFile } from "#app/server/storage.server.ts";
import { isUnchanged } from "#app/server/unchanged.server.ts";
import { findSight } from "#app/uploads/sight.server.ts";
import { cachingOf, isPictureFile } from "#app/uploads/upload.ts";
import type { Route } from "./+types/media";

/** A picture that we encoded, for as long as something that its asker may see shows it. Its name is never used again. */
export async function loader({ request, params, context }: Route.LoaderArgs) {
  const file = params.key;
  const sight = isPictureFile(file) ? await findSight(file, context.get(viewerContext)) : null;
  if (!sight) return new Response(null, { status: 404 });
  const etag = `"${file}"`;
  const headers = { "X-Content-Type-Options": "nosniff", "Cache-Control": cachingOf(file, sight), ETag: etag };
  const held = { ifNoneMatch: request.headers.get("if-none-match"), ifModifiedSince: null };
  if (isUnchanged(held, { etag })) return new Response(null, { status: 304, headers });
  const bytes = await readStoredFile(file);
  if (!bytes) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(bytes), {
    headers: { ...headers, "Content-Type": "image/webp", "Content-Length": String(bytes.length) },
  });
}
