import { createContext, useContext } from "react";
import { useRouteLoaderData } from "react-router";
import { noFacts, type SiteFacts } from "#app/about/about.ts";
import type { Viewer } from "#app/auth/viewer.ts";
import { noUnread, type Unread } from "#app/notifications/unread.ts";

/** What the root loader gives every page. */
export interface RootData {
  viewer: Viewer | null;
  siteName: string;
  /** origin without a slash at the end */
  siteUrl: string;
  /** whether members' browsers keep what they read */
  offlineReading: boolean;
  /** what the foot of every page says */
  about: SiteFacts;
  /** what the viewer has not read */
  unread: Unread;
}

const unknown: RootData = {
  viewer: null,
  siteName: "Stoa",
  siteUrl: "",
  offlineReading: false,
  about: noFacts,
  unread: noUnread,
};

/**
 * The same where the root loader has not run: a middleware or an action refused before it. The server alone knows it
 * then, so such a page has no scripts, which would draw a visitor's frame over it.
 */
export const RefusalContext = createContext<RootData | null>(null);

export function useRootData(): RootData {
  const refused = useContext(RefusalContext);
  return useRouteLoaderData<RootData>("root") ?? refused ?? unknown;
}

/** Whether the root loader has run, so that scripts know what the server knew. */
export function useHasLoaded(): boolean {
  return useRouteLoaderData<RootData>("root") !== undefined;
}
