import { PageColumns } from "#app/site/page-columns.tsx";
import type { Route } from "./+types/offline";

export function meta({ matches: [root] }: Route.MetaArgs) {
  return [{ title: `Offline · ${root.loaderData.siteName}` }, { name: "robots", content: "noindex" }];
}

/** What the service worker shows where there is no connection and the page was not read on this device. */
export default function Offline() {
  return (
    <PageColumns>
      <div className="offline-page">
        <h1 className="page-title">Without a connection</h1>
        <p>
          A member's browser keeps the last hundred pages that they read here: posts, people, tags and lists, as
          visitors see them. Without a connection they stay readable, and they are listed on this page. Writing has to
          wait.
        </p>
        <section id="kept-pages" aria-label="Pages on this device" />
      </div>
    </PageColumns>
  );
}
