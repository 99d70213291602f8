import { requireRole } from "#app/middleware/require-viewer.ts";

export const requireAdmin = requireRole("admin");
