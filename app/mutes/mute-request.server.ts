import { data, href } from "react-router";
import { z } from "zod";
import { readForm } from "#app/server/form.server.ts";
import { userPath } from "#app/users/user.ts";

const wishSchema = z.object({
  on: z.enum(["true", "false"]).transform((on) => on === "true"),
  /** where the button stood, when it was not on the person's own page */
  from: z.literal("list").optional().catch(undefined),
});

type Wish = z.infer<typeof wishSchema>;

/** The wanted state, as the buttons of a mute and of a block send it. @throws a 400 response for anything else */
export async function readWish(request: Request): Promise<Wish> {
  const form = await readForm(request);
  const wish = wishSchema.safeParse({ on: form.get("on"), from: form.get("from") ?? undefined });
  if (!wish.success) throw data(null, { status: 400, statusText: "Bad Request" });
  return wish.data;
}

export function pathAfterMute(username: string, { from }: Wish): string {
  return from === "list" ? href("/settings/muted") : userPath(username);
}
