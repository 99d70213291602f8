import { href } from "react-router";
import type { Draft } from "#app/posts/post.ts";
import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";

/** One's own unfinished texts: drafts, or published posts with changes that are not saved. */
export function DraftList({ drafts, published = false }: { drafts: Draft[]; published?: boolean }) {
  return (
    <ul className="draft-list">
      {drafts.map((draft) => (
        <li key={draft.id}>
          <h2 dir="auto">
            <Link to={href("/p/:postId/edit", { postId: String(draft.id) })}>
              {published ? `Unsaved changes to “${draft.title}”` : draft.title || "Untitled draft"}
            </Link>
          </h2>
          {draft.excerpt && (
            <p className="excerpt" dir="auto">
              {draft.excerpt}
            </p>
          )}
          <p className="muted draft-meta">
            <span>
              Last saved: <TimeAgo at={draft.updatedAt} />
            </span>
            {!published && (
              <Link className="text-link" to={href("/p/:postId/delete", { postId: String(draft.id) })}>
                Delete<span className="sr-only"> {draft.title || "the untitled draft"}</span>
              </Link>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}
