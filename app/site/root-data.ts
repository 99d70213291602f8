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

/** The root loader's data; a visitor's where it has not run, as on an error that comes before it. */
export function useRootData(): RootData {
  return useRouteLoaderData<RootData>("root") ?? unknown;
}
