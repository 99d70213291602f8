import { createContext } from "react-router";
import type { Role, UserSummary } from "#app/users/user.ts";

/** Who makes this request. */
export interface Viewer extends UserSummary {
  id: string;
  role: Role;
  sessionId: string;
  /** when they last proved who they are in this session; ISO, UTC */
  provedAt: string;
}

/** The viewer of the request, or null; set by middleware/identify-viewer. */
export const viewerContext = createContext<Viewer | null>(null);
