import { parseWithZod } from "@conform-to/zod/v4";
import type { Viewer } from "#app/auth/viewer.ts";
import { spend } from "#app/middleware/rate-limit.ts";
import type { KeepOutcome } from "#app/posts/keeping.server.ts";
import { type KeptInput, keptForm } from "#app/posts/post-form.ts";
import { readForm } from "#app/server/form.server.ts";

/** Reads a text that an editor sends while somebody types, keeps it by `keep`, and says what became of it. */
export async function answerKeeping(
  request: Request,
  viewer: Viewer,
  keep: (input: KeptInput) => Promise<KeepOutcome>,
): Promise<Response> {
  await spend("keep-by-user", viewer.id);
  const submission = parseWithZod(await readForm(request), { schema: keptForm });
  if (submission.status !== "success") {
    const [error] = Object.values(submission.error ?? {}).flatMap((errors) => errors ?? []);
    return Response.json({ error: error ?? "This text cannot be kept." }, { status: 400 });
  }
  const kept = await keep(submission.value);
  switch (kept.outcome) {
    case "kept":
      return Response.json({ postId: kept.postId, basis: kept.basis });
    case "changed-meanwhile":
      return Response.json({ newer: kept.newer }, { status: 409 });
    case "gone":
      return Response.json({}, { status: 404 });
  }
}
