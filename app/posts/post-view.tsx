import type { ReactNode } from "react";
import { Prose } from "#app/markdown/prose.tsx";
import { hostOf, tagPath } from "#app/posts/post.ts";
import { Icon } from "#app/ui/icon.tsx";
import { Link } from "#app/ui/link.tsx";

interface PostViewProps {
  title: string;
  html: string;
  tags: string[];
  url: string | null;
  /** what a reader is asked before the text is shown; empty or null for none */
  warning: string | null;
  /** who and when */
  byline?: ReactNode;
}

/** A post in full; on its page and in the preview alike. */
export function PostView({ title, html, tags, url, warning, byline }: PostViewProps) {
  return (
    <>
      <h1 className="post-title" dir="auto">
        {title || "Untitled"}
      </h1>
      {byline}
      {url && (
        <p className="post-link">
          <a href={url} rel="ugc nofollow noopener">
            <Icon name="link" />
            <span>{hostOf(url)}</span>
          </a>
        </p>
      )}
      {html && (warning ? <Warned warning={warning} html={html} /> : <Prose html={html} />)}
      {tags.length > 0 && (
        <p className="post-tags muted">
          <span className="sr-only">Tags: </span>
          {tags.map((tag) => (
            <Link key={tag} className="tag" to={tagPath(tag)}>
              {tag}
            </Link>
          ))}
        </p>
      )}
    </>
  );
}

/** A text that its readers open themselves; it needs no script. */
function Warned({ warning, html }: { warning: string; html: string }) {
  return (
    <details className="content-warning">
      <summary>
        <span>
          Content warning: <bdi>{warning}</bdi>
        </span>
        <span className="content-warning-act" />
      </summary>
      <Prose html={html} />
    </details>
  );
}
