import { data, redirect } from "react-router";
import { z } from "zod";
import { readForm } from "#app/server/form.server.ts";

const onSchema = z.enum(["true", "false"]).transform((on) => on === "true");

/** The state that a toggle's form wants. @throws a 400 response where it says none */
export async function readToggle(request: Request): Promise<boolean> {
  const on = onSchema.safeParse((await readForm(request)).get("on"));
  if (!on.success) throw data(null, { status: 400, statusText: "Bad Request" });
  return on.data;
}

/**
 * What a toggle answers: a script stays where it is, a browser without scripts goes back to the page of that post on
 * which the button was pressed.
 * @param post the post's own address
 * @param mark what to show of the page
 */
export function answerToggle(request: Request, on: boolean, post: { id: number; path: string }, mark = ""): Response {
  if (!request.headers.get("accept")?.includes("text/html")) return Response.json({ on });
  const from = request.headers.get("referer") ?? "";
  const { pathname, search } = URL.canParse(from) ? new URL(from) : { pathname: "", search: "" };
  const isOfPost = pathname === `/p/${post.id}` || pathname.startsWith(`/p/${post.id}/`);
  return redirect((isOfPost ? post.path + search : post.path) + mark);
}
