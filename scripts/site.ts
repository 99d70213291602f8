import path from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./environment.ts";

/** The site in this process, serving at `url` until it is stopped. */
export type Site = { url: string; stop(): Promise<void> };

/** What the production build offers to the commands that start it. */
export type SiteBuild = {
  startSite(): Promise<Site>;
  /** A one-time link to make the first admin with, or null when there is one. */
  createSetupLink(): Promise<string | null>;
  /** Why this site must not go on the air, one line each (demo accounts, for example). */
  findStartProblems(): Promise<string[]>;
  /** Ends the connections that `findStartProblems` opened, for a site that is not started. */
  closeDatabase?(): Promise<void>;
};

/** Loads the production build; it reads its settings from this process's environment. */
export function loadSiteBuild(): Promise<SiteBuild> {
  return import(pathToFileURL(path.join(root, "build/server/index.js")).href);
}
