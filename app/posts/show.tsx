import { data, href, redirect, type ShouldRevalidateFunctionArgs } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { BookmarkButton } from "#app/bookmarks/bookmark-button.tsx";
import { cardPath } from "#app/cards/card.server.ts";
import { parseCommentView } from "#app/comments/comment-order.ts";
import { Conversation } from "#app/comments/conversation.tsx";
import { listComments } from "#app/comments/threads.server.ts";
import { isImpersonated } from "#app/impersonation/glass-box.ts";
import { ModeratePost } from "#app/moderation/moderate-row.tsx";
import type { Removal } from "#app/moderation/removal.ts";
import { RemovalReason } from "#app/moderation/removal-reason.tsx";
import { findRemovals } from "#app/moderation/removals.server.ts";
import { PinButton } from "#app/pins/pin-button.tsx";
import { parsePostId, postPath, type ShownPost, slugOf } from "#app/posts/post.ts";
import { postMeta } from "#app/posts/post-meta.ts";
import { PostView } from "#app/posts/post-view.tsx";
import { findPost } from "#app/posts/posts.server.ts";
import { ReactionButton } from "#app/reactions/reaction-button.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { findAllowances } from "#app/trust/trust.server.ts";
import { asksAgainAfter } from "#app/ui/after-small-act.ts";
import { Link } from "#app/ui/link.tsx";
import { ShareLink } from "#app/ui/share-link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import { Byline } from "#app/users/byline.tsx";
import { isAtLeast, isGone, userPath } from "#app/users/user.ts";
import type { Route } from "./+types/show";

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const id = parsePostId(params.postId) ?? 0;
  const viewer = context.get(viewerContext);
  const view = parseCommentView(url.searchParams);
  const replyingTo = viewer && parsePostId(url.searchParams.get("reply") ?? "");
  const quoting = url.searchParams.has("quote") ? replyingTo : null;
  const [post, comments, allowances] = await Promise.all([
    findPost(id, viewer),
    listComments(id, view, viewer, quoting),
    viewer && findAllowances(viewer),
  ]);
  if (!post || !comments) throw data(null, { status: 404, statusText: "Not Found" });
  // Not even an admin who sees the site as its author reads a draft.
  if (post.status === "draft" && isImpersonated(viewer)) throw data(null, { status: 404, statusText: "Not Found" });
  const removedComments = comments.comments.filter(({ removed, content }) => removed && content).map(({ id }) => id);
  const path = postPath(post);
  if ((params.slug ?? "") !== slugOf(post.title)) throw redirect(path + url.search, 301);
  return {
    post,
    comments,
    view: { order: view.order, thread: view.thread, paged: view.after !== null },
    replyingTo,
    allowances,
    removals: {
      post: post.removed ? ((await findRemovals("post", [id]))[id] ?? null) : null,
      comments: await findRemovals("comment", removedComments),
    },
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
  const { post, comments, view, replyingTo, submissionKey, allowances, removals } = loaderData;
  const { viewer } = useRootData();
  const path = postPath(post);
  const standing = post.status === "published" && !post.removed;
  const moderating = viewer !== null && isAtLeast(viewer.role, "moderator");
  return (
    <PageColumns aside={<WrittenBy post={post} />}>
      <Standing post={post} removal={removals.post} />
      <article className="post" data-post-id={post.id}>
        <PostView {...post} html={post.bodyHtml} byline={<PostByline post={post} />} />
      </article>
      {moderating && post.status === "published" && <ModeratePost post={post} />}
      {standing && (
        <>
          <div className="post-acts">
            <ReactionButton post={post} path={path} visitor={!viewer} />
            {viewer && <BookmarkButton post={post} />}
            <ShareLink path={path} title={post.title} of="this post" />
            {viewer && !post.own && !isGone(post.author.username) && (
              <Link className="share-link" to={href("/p/:postId/report", { postId: String(post.id) })}>
                Report<span className="sr-only"> this post</span>
              </Link>
            )}
          </div>
          <Conversation
            post={post}
            path={path}
            page={comments}
            view={view}
            visitor={!viewer}
            replyingTo={replyingTo}
            submissionKey={submissionKey}
            allowances={allowances}
            moderating={moderating}
            removals={removals.comments}
          />
        </>
      )}
    </PageColumns>
  );
}

/** Why not everyone sees this post; only its author and moderators get here then. */
function Standing({ post, removal }: { post: ShownPost; removal: Removal | null }) {
  const who = post.own ? "you" : "its author";
  if (post.removed && post.held) {
    return (
      <p className="notice">
        This post waits for a moderator’s look. Until then only {who} and moderators see it. Once approved, it appears
        as published at that moment.
      </p>
    );
  }
  if (post.removed) {
    return (
      <div className="notice">
        <p>
          A moderator removed this post. Only {who} and moderators still see it here; it can be neither edited nor
          found.
        </p>
        {removal && <RemovalReason removal={removal} own={post.own} />}
      </div>
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
