import { href, redirect } from "react-router";
import { exclusionProblem } from "#app/exclusions/exclusions.server.ts";
import { readInvite } from "#app/invites/invite-cookie.server.ts";
import { findOpenInvite } from "#app/invites/invites.server.ts";
import type { JoiningMode } from "#app/joining/joining.ts";
import { findSiteSetting } from "#app/site/site-settings.server.ts";

/** How the site takes newcomers, as the page for joining says it. */
export interface Door {
  mode: JoiningMode;
  /** whether a newcomer may give their address here */
  open: boolean;
  /** of the invite that they bring; null where they bring none */
  invite: { open: boolean; inviter: string | null } | null;
}

/** @param code of an invite, whether or not it is one */
export async function findDoor(code: string | null): Promise<Door> {
  const { mode } = await findSiteSetting("joining");
  const found = code === null || mode === "closed" ? null : await findOpenInvite(code, null);
  const invite = code === null || mode === "closed" ? null : { open: found !== null, inviter: found?.inviter ?? null };
  return { mode, invite, open: mode !== "closed" && (mode !== "invite" || found !== null) };
}

/** How the site takes somebody whose address is proved. */
export interface Standing {
  mode: JoiningMode;
  /** whether they may make their account now */
  admitted: boolean;
  question: string;
  /** what stands against their address or their network, in words for them */
  problem: string | null;
}

export async function findStanding(email: string, request: Request): Promise<Standing> {
  const { mode, question } = await findSiteSetting("joining");
  const problem = mode === "closed" ? null : await exclusionProblem(email);
  const needsInvite = mode !== "open" && mode !== "closed" && !problem;
  const invited = needsInvite && (await findOpenInvite(readInvite(request), email)) !== null;
  return { mode, question, problem, admitted: !problem && (mode === "open" || invited) };
}

/** Leads whom the site does not take now from the last step to the page that says so. The last word has `admit`. */
export async function toDoorUnlessOpen(email: string, request: Request): Promise<void> {
  const { admitted } = await findStanding(email, request);
  if (!admitted) throw redirect(href("/join/request"));
}
