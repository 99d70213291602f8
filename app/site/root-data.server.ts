import type { RouterContextProvider } from "react-router";
import { findSiteFacts } from "#app/about/site-facts.server.ts";
import { viewerContext } from "#app/auth/viewer.ts";
import { unreadContext } from "#app/notifications/unread.ts";
import { settings } from "#app/server/env.server.ts";
import type { RootData } from "#app/site/root-data.ts";

/** What every page's frame says, as far as the request knows who makes it. */
export async function findRootData(context: Readonly<RouterContextProvider>): Promise<RootData> {
  const { siteName, siteUrl, offlineReading } = settings();
  return {
    viewer: context.get(viewerContext),
    unread: context.get(unreadContext),
    siteName,
    siteUrl,
    offlineReading,
    about: await findSiteFacts(),
  };
}
