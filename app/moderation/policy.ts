import type { Viewer } from "#app/auth/viewer.ts";
import type { ActKind } from "#app/moderation/moderation.ts";
import { isAtLeast, outranks, type Role, roles } from "#app/users/user.ts";

/** Who acts, and on whom. */
type Actor = Pick<Viewer, "id" | "role">;
export interface Subject {
  id: string;
  username: string;
  role: Role;
  /** right now: false when the ban's time is over */
  banned: boolean;
  /** right now */
  silenced?: boolean;
}

/** Acts that are not against anybody: every moderator may, also on their own and on other moderators' things. */
const neutral: ReadonlySet<ActKind> = new Set([
  "lock-post",
  "unlock-post",
  "feature-post",
  "unfeature-post",
  "approve-post",
  "approve-comment",
]);

/** Why something cannot be done, in words for the person who tries. */
export interface Refusal {
  /** `authority`: not for you; `state`: not as things are now */
  because: "authority" | "state";
  text: string;
}

/** Whether the viewer may do this to the user at this moment. */
export function may(act: ActKind, viewer: Actor, user: Subject): boolean {
  return whyNot(act, viewer, user) === null;
}

/** What forbids it to the viewer, or null. The buttons ask this, and so does the server before it writes. */
export function whyNot(act: ActKind, viewer: Actor, user: Subject): Refusal | null {
  const text = lackOfAuthority(act, viewer, user);
  if (text) return { because: "authority", text };
  if (act === "ban" && user.banned) return { because: "state", text: `@${user.username} is already banned.` };
  if (act === "unban" && !user.banned) return { because: "state", text: `@${user.username} is not banned.` };
  if (act === "unsilence" && !user.silenced) return { because: "state", text: `@${user.username} is not silenced.` };
  return null;
}

/**
 * What forbids it to the viewer to be the second who says yes or no to a proposal, or null: whoever says it could do the
 * act themselves, and is neither its proposer nor its subject.
 */
export function whyNotApprove(
  act: ActKind,
  viewer: Actor,
  { proposerId, subject }: { proposerId: string; subject: Subject },
): Refusal | null {
  const own = (text: string): Refusal => ({ because: "authority", text });
  if (viewer.id === proposerId) return own("You have proposed it: somebody else decides.");
  if (viewer.id === subject.id) return own("It concerns you: somebody else decides.");
  const text = lackOfAuthority(act, viewer, subject);
  return text ? own(text) : null;
}

/** The roles that the viewer may give to the user; none when they may not change the role at all. */
export function rolesToGive(viewer: Actor, user: Subject): Role[] {
  if (!may("role", viewer, user)) return [];
  const others = roles.filter((role) => role !== user.role);
  // Whoever is banned may lose a role but not gain one.
  return user.banned ? others.filter((role) => outranks(user.role, role)) : others;
}

/** E-mail addresses are for admins. */
export function seesEmails(viewer: Actor): boolean {
  return isAtLeast(viewer.role, "admin");
}

function lackOfAuthority(act: ActKind, viewer: Actor, user: Subject): string | null {
  if (!isAtLeast(viewer.role, "moderator")) return "Only moderators and admins do this.";
  if (act === "role" && viewer.role !== "admin") return "Only an admin changes roles.";
  if (neutral.has(act)) return null;
  if (viewer.id === user.id) return act === "role" ? null : "Nobody moderates themselves.";
  if (outranks(viewer.role, user.role) || needsSecondAdmin(viewer, user)) return null;
  return user.role === "admin" ? "Only admins act on an admin, and two of them." : "Only an admin acts on a moderator.";
}

/** Whether what the viewer does to the user waits for another admin: no admin acts on another alone. */
export function needsSecondAdmin(viewer: Actor, user: Pick<Subject, "id" | "role">): boolean {
  return viewer.role === "admin" && user.role === "admin" && viewer.id !== user.id;
}
