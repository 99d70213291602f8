import { useLocation } from "react-router";
import { PageColumns } from "#app/site/page-columns.tsx";
import { buttonClass } from "#app/ui/button.tsx";

/** Whether something failed because no answer came: browsers say that in these words, and nothing else does. */
export function isLostConnection(error: unknown): boolean {
  return error instanceof TypeError && /failed to fetch|networkerror|load failed|network error/i.test(error.message);
}

/** Where a page's data did not arrive. A new document may: this device keeps pages that were read before. */
export function NoConnection() {
  const { pathname, search } = useLocation();
  return (
    <PageColumns>
      <title>You are offline</title>
      <div className="error-page">
        <p className="error-status">Offline</p>
        <h1>This page did not arrive</h1>
        <p>The connection seems to be gone. Nothing was changed, and what you had sent before is there.</p>
        <p className="actions">
          {/* With a target the browser follows it itself, past the router. */}
          <a className={buttonClass("primary")} href={pathname + search} target="_self">
            Try again
          </a>
          <a className={buttonClass("plain")} href="/offline" target="_self">
            Pages on this device
          </a>
        </p>
      </div>
    </PageColumns>
  );
}
