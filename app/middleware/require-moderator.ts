import { requireRole } from "#app/middleware/require-viewer.ts";

export const requireModerator = requireRole("moderator");
