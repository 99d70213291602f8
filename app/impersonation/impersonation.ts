import type { Refusal, Subject } from "#app/moderation/policy.ts";
import { outranks, type Role } from "#app/users/user.ts";

/** An impersonation as the person sees it. Times are ISO strings in UTC. */
export interface ImpersonationLine {
  id: string;
  reason: string;
  startedAt: string;
  /** the end that it has, or that it will have at the latest */
  until: string;
  underWay: boolean;
}

/** What forbids seeing the site as somebody, or null. */
export function whyNotImpersonate(viewer: { id: string; role: Role }, user: Subject): Refusal | null {
  if (viewer.role !== "admin") return { because: "authority", text: "Only admins do this." };
  if (viewer.id === user.id) return { because: "authority", text: "That is what you see anyway." };
  if (!outranks(viewer.role, user.role)) {
    return { because: "authority", text: "Nobody sees the site as an admin but that admin." };
  }
  if (user.banned) return { because: "state", text: `@${user.username} is banned, and sees the ban's page only.` };
  return null;
}
