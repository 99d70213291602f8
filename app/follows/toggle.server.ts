import { data, redirect } from "react-router";
import { z } from "zod";
import { redirectTarget } from "#app/auth/redirect-target.ts";
import { readForm } from "#app/server/form.server.ts";

export interface WantedFollow {
  on: boolean;
  /** the page that the button stood on, where it was said */
  from: string | null;
}

const onSchema = z.enum(["true", "false"]).transform((on) => on === "true");

/** The form of a follow button. @throws a 400 response where the wanted state is not said */
export async function readFollow(request: Request): Promise<WantedFollow> {
  const form = await readForm(request);
  const on = onSchema.safeParse(form.get("on"));
  if (!on.success) throw data(null, { status: 400, statusText: "Bad Request" });
  const from = form.get("redirectTo");
  return { on: on.data, from: typeof from === "string" && from ? redirectTarget(from) : null };
}

/** A browser without scripts goes back to the page of the button; a script stays where it is. */
export function answerFollow(request: Request, { on, from }: WantedFollow, page: string): Response {
  const isDocument = request.headers.get("accept")?.includes("text/html");
  return isDocument ? redirect(from ?? page) : Response.json({ on });
}
