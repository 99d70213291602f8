import inter from "@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url";
import newsreader from "@fontsource-variable/newsreader/files/newsreader-latin-wght-normal.woff2?url";
import { type ReactNode, useEffect } from "react";
import {
  isRouteErrorResponse,
  Links,
  type LinksFunction,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteError,
} from "react-router";
import { GlassBoxBanner } from "#app/impersonation/banner.tsx";
import { glassBoxFor, isImpersonated } from "#app/impersonation/glass-box.ts";
import { Live } from "#app/live/live.tsx";
import { identifyViewer } from "#app/middleware/identify-viewer.ts";
import { requestLog } from "#app/middleware/request-log.ts";
import { sameOrigin } from "#app/middleware/same-origin.ts";
import { securityHeaders } from "#app/middleware/security-headers.ts";
import { KeepOffline } from "#app/offline/keep-offline.tsx";
import { isLostConnection, NoConnection } from "#app/offline/no-connection.tsx";
import { SignOutGuard } from "#app/posts/sign-out-guard.tsx";
import { Shortcuts } from "#app/shortcuts/bring-keyboard.tsx";
import { ErrorPage } from "#app/site/error-page.tsx";
import { asksForScripts } from "#app/site/page-scripts.ts";
import { findRootData } from "#app/site/root-data.server.ts";
import { type RootData, useHasLoaded, useRootData } from "#app/site/root-data.ts";
import { SiteShell } from "#app/site/site-shell.tsx";
import { LinkNavigation } from "#app/ui/link-navigation.tsx";
import { ScriptsContext, useScripts } from "#app/ui/scripts-context.ts";
import type { Route } from "./+types/root";
import "./app.css";
import membersStyles from "./members.css?url";

export const middleware: Route.MiddlewareFunction[] = [requestLog, securityHeaders, sameOrigin, identifyViewer];

export function loader({ context }: Route.LoaderArgs): Promise<RootData> {
  return findRootData(context);
}

/** An error's own headers reach the answer: how long to wait after a 429, when to come back after a 503. */
export function headers({ errorHeaders, parentHeaders }: Route.HeadersArgs) {
  return errorHeaders ?? parentHeaders;
}

export const links: LinksFunction = () => [
  { rel: "preload", href: newsreader, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
  { rel: "preload", href: inter, as: "font", type: "font/woff2", crossOrigin: "anonymous" },
  { rel: "icon", href: "/favicon.svg", type: "image/svg+xml" },
  { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
  { rel: "manifest", href: "/manifest.webmanifest" },
];

/** The page of an error has a title of its own. */
export function meta({ loaderData, error }: Route.MetaArgs) {
  return error ? [] : [{ title: loaderData?.siteName ?? "Stoa" }];
}

export function Layout({ children }: { children: ReactNode }) {
  const { viewer, siteName } = useRootData();
  const glassBox = glassBoxFor(viewer);
  const unframed = useUnframed();
  const matches = useMatches();
  const scripts = useHasLoaded() && (viewer !== null || matches.some((match) => asksForScripts(match.handle)));
  return (
    <html lang="en" data-viewer={viewer?.username}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content="#fcfaf5" />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content="#1b1613" />
        <link rel="search" type="application/opensearchdescription+xml" href="/opensearch.xml" title={siteName} />
        <Meta />
        <Links />
        {(scripts || viewer) && <link rel="stylesheet" href={membersStyles} />}
      </head>
      <body>
        <ScriptsContext value={scripts}>
          {glassBox && <GlassBoxBanner glassBox={glassBox} />}
          {unframed ? (
            children
          ) : (
            <SiteShell viewer={viewer} siteName={siteName}>
              {children}
            </SiteShell>
          )}
        </ScriptsContext>
        {scripts && <ScrollRestoration />}
        {scripts && <Scripts />}
      </body>
    </html>
  );
}

export default function Root() {
  const scripts = useScripts();
  const { viewer, offlineReading } = useRootData();
  // Nothing of somebody else's is kept in an admin's browser, and nothing of a banned person's in theirs.
  const own = isImpersonated(viewer) ? null : viewer;
  const member = own?.banned ? null : own;
  return (
    <>
      <Outlet />
      {member && <Live userId={member.id} />}
      {scripts && <LinkNavigation />}
      {own && <SignOutGuard userId={own.id} />}
      {member && offlineReading && <KeepOffline />}
      {viewer && !viewer.banned && <Shortcuts />}
    </>
  );
}

export function ErrorBoundary() {
  const error = useRouteError();
  const unframed = useUnframed();
  useEffect(() => {
    if (unframed) window.location.reload();
  }, [unframed]);
  if (unframed) return null;
  if (isLostConnection(error)) return <NoConnection />;
  return <ErrorPage error={isRouteErrorResponse(error) ? error : null} />;
}

/**
 * Whether this browser was refused a page on the way from another one, and with it what the page's frame says. The
 * server has it with its frame and without scripts, so it is asked once; until it answers, no frame is better than a
 * visitor's.
 */
function useUnframed(): boolean {
  const refused = isRouteErrorResponse(useRouteError());
  return !useHasLoaded() && refused && typeof document !== "undefined";
}
