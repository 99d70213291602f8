import { readStoredFile } from "#app/server/storage.server.ts";
import type { Route } from "./+types/media";

/** A picture that we encoded. Its name is never used again, so that it may be kept for ever. */
export async function loader({ params }: Route.LoaderArgs) {
  const bytes = params.key.endsWith(".webp") ? await readStoredFile(params.key) : null;
  if (!bytes) return new Response(null, { status: 404 });
  return new Response(new Uint8Array(bytes), {
    headers: {
      "Content-Type": "image/webp",
      "Content-Length": String(bytes.length),
      "Cache-Control": "public, max-age=31536000, immutable",
      "X-Content-Type-Options": "nosniff",
    },
  });
}
