import { useEffect, useState } from "react";
import { PrefetchPageLinks, useNavigate } from "react-router";

/** Addresses that are files, and not pages of the application. */
const files = /^\/(media|avatars|assets)\//;

/**
 * Follows the anchors of a page without loading a new document, and fetches ahead what the pointer or the focus rests
 * on. One listener for all of them, also for those in what people write.
 */
export function LinkNavigation() {
  const navigate = useNavigate();
  const [ahead, setAhead] = useState<string | null>(null);

  useEffect(() => {
    function follow(event: MouseEvent) {
      const link = pageLinkOf(event.target);
      const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
      if (!link || modified || event.defaultPrevented || isOnThisPage(link)) return;
      event.preventDefault();
      navigate(pathOf(link), { preventScrollReset: "keepScroll" in link.dataset });
    }
    function fetchAhead(event: Event) {
      const link = pageLinkOf(event.target);
      if (link && !isOnThisPage(link)) setAhead(link.pathname + link.search);
    }
    document.addEventListener("click", follow);
    document.addEventListener("pointerover", fetchAhead);
    document.addEventListener("focusin", fetchAhead);
    return () => {
      document.removeEventListener("click", follow);
      document.removeEventListener("pointerover", fetchAhead);
      document.removeEventListener("focusin", fetchAhead);
    };
  }, [navigate]);

  return ahead && <PrefetchPageLinks page={ahead} />;
}

function pageLinkOf(target: EventTarget | null): HTMLAnchorElement | null {
  const link = target instanceof Element ? target.closest("a") : null;
  const isPage = link?.href && link.origin === location.origin && !files.test(link.pathname);
  return link && isPage && !link.target && !link.hasAttribute("download") ? link : null;
}

/** A jump within the page is the browser's own affair. */
function isOnThisPage(link: HTMLAnchorElement): boolean {
  return link.pathname === location.pathname && link.search === location.search && link.hash !== "";
}

function pathOf(link: HTMLAnchorElement): string {
  return link.pathname + link.search + link.hash;
}
