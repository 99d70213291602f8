import { beginCeremony, findCeremony } from "#app/auth/ceremonies.server.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { inTransaction } from "#app/server/database.server.ts";
import { readForm } from "#app/server/form.server.ts";

/** What is never kept, not even for a few minutes: the person types it again. */
const secret = /password|code/i;

/** Keeps a form that came too late after the last proof. Files in it are not kept. @returns the Set-Cookie value */
export async function keepForm(viewer: Viewer, path: string, request: Request): Promise<string> {
  const fields: [string, string][] = [];
  for (const [name, value] of await readForm(request)) {
    if (typeof value === "string" && !secret.test(name)) fields.push([name, value]);
  }
  const { cookie } = await inTransaction((tx) => beginCeremony(tx, "kept-form", { path, fields }, viewer.id));
  return cookie;
}

/** The viewer's own form that was kept on the way to this path; it stays until its time is over. */
export async function findKeptForm(viewer: Viewer, path: string, request: Request) {
  const kept = await findCeremony("kept-form", request);
  return kept?.userId === viewer.id && kept.state.path === path ? kept.state : null;
}
