import * as build from "virtual:react-router/server-build";
import { startSite as start } from "#app/server/site.server.ts";

export { createSetupLink } from "#app/auth/setup.server.ts";
export { closeDatabase } from "#app/server/database.server.ts";
export { findStartProblems } from "#app/server/start-problems.server.ts";

/** The built site: what `npm start` and `npm run demo` serve. */
export function startSite() {
  return start({ build });
}
