import { useEffect, useState } from "react";
import { href } from "react-router";
import { orphanedTexts, type Shelved, unshelve } from "#app/posts/shelf.ts";
import { useRootData } from "#app/site/root-data.ts";
import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";

/** One's texts that this device keeps and the site does not have: after a crash, or without a connection. */
export function KeptHere() {
  const userId = useRootData().viewer?.id;
  const [texts, setTexts] = useState<Shelved[]>([]);
  useEffect(() => {
    if (userId) void orphanedTexts(userId).then(setTexts);
  }, [userId]);
  if (!userId || texts.length === 0) return null;

  function discard(formId: string) {
    if (userId) unshelve(userId, formId);
    setTexts((before) => before.filter((text) => text.formId !== formId));
  }

  return (
    <section aria-labelledby="kept-here" className="unsaved-list">
      <h2 id="kept-here" className="list-title">
        Only on this device
      </h2>
      <ul className="draft-list">
        {texts.map(({ formId, postId, text, at }) => (
          <li key={formId}>
            <h3 dir="auto">
              <Link
                to={`${postId ? href("/p/:postId/edit", { postId: String(postId) }) : href("/new")}?text=${formId}`}
              >
                {text.title || text.body.slice(0, 60) || "Untitled"}
              </Link>
            </h3>
            <p className="muted draft-meta">
              <span>
                From: <TimeAgo at={at} />
              </span>
              {postId && (
                <Link className="text-link" to={`${href("/new")}?text=${formId}`}>
                  Open as a new post
                </Link>
              )}
              <button type="button" className="text-link" onClick={() => discard(formId)}>
                Discard
              </button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
