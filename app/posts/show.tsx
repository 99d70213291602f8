import { data, href, redirect, type ShouldRevalidateFunctionArgs } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { BookmarkButton } from "#app/bookmarks/bookmark-button.tsx";
import { cardPath } from "#app/cards/card.server.ts";
import { parseCommentView } from "#app/comments/comment-order.ts";
import { Conversation } from "#app/comments/conversation.tsx";
import { listComments } from "#app/comments/threads.server.ts";
import { isImpersonated } from "#app/impersonation/glass-box.ts";
import { PinButton } from "#app/pins/pin-button.tsx";
import { parsePostId, postPath, type ShownPost, slugOf } from "#app/posts/post.ts";
import { postMeta } from "#app/posts/post-meta.ts";
import { PostView } from "#app/posts/post-view.tsx";
import { findPost } from "#app/posts/posts.server.ts";
import { ReactionButton } from "#app/reactions/reaction-button.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { asksAgainAfter } from "#app/ui/after-small-act.ts";
import { Link } from "#app/ui/link.tsx";
import { ShareLink } from "#app/ui/share-link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import { Byline } from "#app/users/byline.tsx";
import { isGone, userPath } from "#app/users/user.ts";
import type { Route } from "./+types/show";

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const id = parsePostId(params.postId) ?? 0;
  const viewer = context.get(viewerContext);
  const view = parseCommentView(url.searchParams);
  const replyingTo = viewer && parsePostId(url.searchParams.get("reply") ?? "");
  const quoting = url.searchParams.has("quote") ? replyingTo : null;
  const [post, comments] = await Promise.all([findPost(id, viewer), listComments(id, view, viewer, quoting)]);
  if (!post || !comments) throw data(null, { status: 404, statusText: "Not Found" });
  // Not even an admin who sees the site as its author reads a draft.
  if (post.status === "draft" && isImpersonated(viewer)) throw data(null, { status: 404, statusText: "Not Found" });
  const path = postPath(post);
  if ((params.slug ?? "") !== slugOf(post.title)) throw redirect(path + url.search, 301);
  return {
    post,
    comments,
    view: { order: view.order, thread: view.thread, paged: view.after !== null },
    replyingTo,
    submissionKey: viewer ? crypto.randomUUID() : undefined,
    card: cardPath(post),
  };
}

/** What a like, a bookmark and a preview change is shown by then; nothing else on the page is to move under the finger. */
export function shouldRevalidate(after: ShouldRevalidateFunctionArgs) {
  return asksAgainAfter(/\/(reaction|bookmark)$|\?preview$/, after);
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  return postMeta(loaderData.post, loaderData.card, root.loaderData);
}

export default function Show({ loaderData }: Route.ComponentProps) {
  const { post, comments, view, replyingTo, submissionKey } = loaderData;
  const { viewer } = useRootData();
  const path = postPath(post);
  const standing = post.status === "published" && !post.removed;
  return (
    <PageColumns aside={<WrittenBy post={post} />}>
      <Standing post={post} />
      <article className="post" data-post-id={post.id}>
        <PostView {...post} html={post.bodyHtml} byline={<PostByline post={post} />} />
      </article>
      {standing && (
        <>
          <div className="post-acts">
            <ReactionButton post={post} path={path} visitor={!viewer} />
            {viewer && <BookmarkButton post={post} />}
            <ShareLink path={path} title={post.title} of="this post" />
          </div>
          <Conversation
            post={post}
            path={path}
            page={comments}
            view={view}
            visitor={!viewer}
            replyingTo={replyingTo}
            submissionKey={submissionKey}
          />
        </>
      )}
    </PageColumns>
  );
}

/** Why not everyone sees this post; only its author gets here then. */
function Standing({ post }: { post: ShownPost }) {
  if (post.removed) {
    return (
      <p className="notice">
        A moderator removed this post. Only you still see it here; it can be neither edited nor found.
      </p>
    );
  }
  return post.status === "draft" ? <p className="notice">This is a draft. Only you see it.</p> : null;
}

function PostByline({ post }: { post: ShownPost }) {
  const params = { postId: String(post.id) };
  return (
    <div className="post-byline">
      {post.publishedAt ? <Byline author={post.author} at={post.publishedAt} /> : null}
      {post.editedAt && (
        <Link className="muted post-edited" to={href("/p/:postId/history", params)}>
          edited <TimeAgo at={post.editedAt} />
        </Link>
      )}
      {post.own && !post.removed && (
        <span className="post-own">
          {post.status === "published" && <PinButton post={post} />}
          <Link className="text-link" to={href("/p/:postId/edit", params)}>
            Edit
          </Link>
          <Link className="text-link" to={href("/p/:postId/delete", params)}>
            Delete
          </Link>
        </span>
      )}
    </div>
  );
}

function WrittenBy({ post: { author } }: { post: ShownPost }) {
  return (
    <section aria-labelledby="written-by" className="written-by">
      <img src={author.avatar} alt="" width={48} height={48} />
      <h2 id="written-by" className="aside-title">
        <bdi>{author.name}</bdi>
      </h2>
      {!isGone(author.username) && (
        <>
          <p>@{author.username}</p>
          <p>
            <Link className="text-link" to={userPath(author.username)}>
              More by <bdi>{author.name}</bdi>
            </Link>
          </p>
        </>
      )}
    </section>
  );
}
