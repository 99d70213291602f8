import { useEffect } from "react";
import { useLocation } from "react-router";

/**
 * Has this device keep what a member reads, for when the connection is gone. The page only says where it is: the
 * service worker fetches the visitors' version for itself, and decides whether the page is one to keep.
 */
export function KeepOffline() {
  const { pathname } = useLocation();

  useEffect(() => {
    // Modules that Vite's development server sends have no names to keep them by.
    if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
    const { serviceWorker } = navigator;
    // The one that is there already hears of the page before the next one is opened.
    serviceWorker.controller?.postMessage({ read: pathname });
    const alone = serviceWorker.controller === null;
    serviceWorker
      .register("/service-worker.js")
      .then(() => serviceWorker.ready)
      .then(({ active }) => alone && active?.postMessage({ read: pathname }))
      // Some browsers forbid it, as in private windows: then nothing is kept.
      .catch(() => undefined);
  }, [pathname]);

  return null;
}
