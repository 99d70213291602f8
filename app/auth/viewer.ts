import { createContext } from "react-router";
import type { Role, UserSummary } from "#app/users/user.ts";

/** Who makes this request. */
export interface Viewer extends UserSummary {
  id: string;
  role: Role;
  sessionId: string;
  /** when they last proved who they are in this session; ISO, UTC */
  provedAt: string;
  /** from when their work for the site needs a second factor; ISO; null where it needs none, or they have one */
  staffFactorDue: string | null;
  /** when their second factor could be taken off, where somebody has asked for that; ISO */
  recoveryReadyAt: string | null;
  /** whether they are asked to agree to a text that was published since */
  consentDue?: boolean;
  /** only at the few addresses that are open to banned people; they have no role there */
  banned?: true;
  /** set where it is an admin who sees the site as this person: the session is the admin's, and nothing is written */
  impersonatedBy?: { id: string; username: string /** ISO */; until: string };
}

/** The viewer of the request, or null; set by middleware/identify-viewer. */
export const viewerContext = createContext<Viewer | null>(null);
