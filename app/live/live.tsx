import { useEffect, useRef, useState } from "react";
import { useUnread } from "#app/live/live-state.ts";
import { unreadWords } from "#app/notifications/unread.ts";

/** For members: keeps the page told of what happens, says it to those who do not see the badge, and in the page's title. */
export function Live({ userId }: { userId: string }) {
  const { count, asOf } = useUnread();
  useConnection(userId, asOf);
  useCountInTitle(count);
  return (
    <p role="status" className="sr-only">
      {useNewsInWords(count)}
    </p>
  );
}

/** What connects is loaded after the page, and by members only. */
function useConnection(userId: string, asOf: number): void {
  const since = useRef(asOf);
  useEffect(() => {
    let disconnect: (() => void) | undefined;
    let gone = false;
    import("#app/live/connection.ts").then(
      ({ connect }) => {
        if (!gone) disconnect = connect(userId, since.current);
      },
      // Without it the page is as it was loaded.
      () => undefined,
    );
    return () => {
      gone = true;
      disconnect?.();
    };
  }, [userId]);
}

/** "(3) Latest · Stoa"; a page that comes later has a title of its own, and gets it too. */
function useCountInTitle(count: number): void {
  useEffect(() => {
    function mark() {
      const title = document.title.replace(/^\(\d+\+?\) /, "");
      const wanted = count > 0 ? `(${unreadWords(count)}) ${title}` : title;
      if (document.title !== wanted) document.title = wanted;
    }
    mark();
    const observer = new MutationObserver(mark);
    observer.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => observer.disconnect();
  }, [count]);
}

/** Only of what came while the page was open. */
function useNewsInWords(count: number): string {
  const [known, setKnown] = useState(count);
  const [words, setWords] = useState("");
  if (count !== known) {
    setKnown(count);
    setWords(count > known ? `${unreadWords(count)} unread ${count === 1 ? "notification" : "notifications"}` : "");
  }
  return words;
}
