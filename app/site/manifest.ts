import { href } from "react-router";
import { answerDocument } from "#app/server/document.server.ts";
import { settings } from "#app/server/env.server.ts";
import type { Route } from "./+types/manifest";

/** How the site looks where somebody installs it. */
export function loader({ request }: Route.LoaderArgs) {
  const { siteName } = settings();
  const manifest = {
    id: "/",
    name: siteName,
    short_name: siteName,
    description: "An open colonnade to walk, read and talk in.",
    lang: "en",
    dir: "ltr",
    start_url: "/",
    scope: "/",
    display: "standalone",
    // The paper of the light page. The dark one's is said by the pages themselves, in <meta name="theme-color">.
    theme_color: "#fcfaf5",
    background_color: "#fcfaf5",
    categories: ["social", "news"],
    icons: [
      icon("/icon-192.png", "192x192", "any"),
      icon("/icon-512.png", "512x512", "any"),
      icon("/icon-maskable-512.png", "512x512", "maskable"),
      { src: "/favicon.svg", sizes: "any", type: "image/svg+xml", purpose: "any" },
    ],
    shortcuts: [
      { name: "Write", url: href("/new"), icons: [icon("/icon-192.png", "192x192", "any")] },
      { name: "Drafts", url: href("/drafts"), icons: [icon("/icon-192.png", "192x192", "any")] },
    ],
  };
  return answerDocument(request, JSON.stringify(manifest), { type: "application/manifest+json; charset=utf-8" });
}

function icon(src: string, sizes: string, purpose: "any" | "maskable") {
  return { src, sizes, type: "image/png", purpose };
}
