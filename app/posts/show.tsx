import { data, href, redirect } from "react-router";
import { viewerContext } from "#app/auth/viewer.ts";
import { cardPath } from "#app/cards/card.server.ts";
import { listComments } from "#app/comments/comments.server.ts";
import { Conversation } from "#app/comments/conversation.tsx";
import { parsePostId, postPath, type ShownPost, slugOf } from "#app/posts/post.ts";
import { postMeta } from "#app/posts/post-meta.ts";
import { PostView } from "#app/posts/post-view.tsx";
import { findPost } from "#app/posts/posts.server.ts";
import { ReactionButton } from "#app/reactions/reaction-button.tsx";
import { PageColumns } from "#app/site/page-columns.tsx";
import { useRootData } from "#app/site/root-data.ts";
import { Link } from "#app/ui/link.tsx";
import { TimeAgo } from "#app/ui/time-ago.tsx";
import { Byline } from "#app/users/byline.tsx";
import { userPath } from "#app/users/user.ts";
import type { Route } from "./+types/show";

export async function loader({ params, context, url }: Route.LoaderArgs) {
  const id = parsePostId(params.postId) ?? 0;
  const [post, comments] = await Promise.all([findPost(id, context.get(viewerContext)), listComments(id)]);
  if (!post) throw data(null, { status: 404, statusText: "Not Found" });
  const path = postPath(post);
  if ((params.slug ?? "") !== slugOf(post.title)) throw redirect(path + url.search, 301);
  return {
    post,
    comments,
    replyingTo: parsePostId(url.searchParams.get("reply") ?? ""),
    card: cardPath(post),
  };
}

export function meta({ loaderData, matches: [root] }: Route.MetaArgs) {
  if (!loaderData) return [];
  return postMeta(loaderData.post, loaderData.card, root.loaderData);
}

export default function Show({ loaderData: { post, comments, replyingTo } }: Route.ComponentProps) {
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
          <ReactionButton post={post} path={path} visitor={!viewer} />
          <Conversation
            postId={post.id}
            path={path}
            comments={comments}
            viewer={viewer?.username ?? null}
            replyingTo={replyingTo}
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
        <span className="muted">
          edited <TimeAgo at={post.editedAt} />
        </span>
      )}
      {post.own && !post.removed && (
        <span className="post-own">
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
      <p>@{author.username}</p>
      <p>
        <Link className="text-link" to={userPath(author.username)}>
          More by <bdi>{author.name}</bdi>
        </Link>
      </p>
    </section>
  );
}
