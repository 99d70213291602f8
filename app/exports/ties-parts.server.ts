import { jsonPart, type Part } from "#app/exports/part.ts";
import { postPath } from "#app/posts/post.ts";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { isGone } from "#app/users/user.ts";

/** What ties a person to others. Of others it holds only what everyone may see, and nothing of who has left. */
export async function* listTiesParts(userId: string): AsyncGenerator<Part> {
  const where = { userId };
  const since = { createdAt: "asc" } as const;
  const posts = await db.reaction.findMany({ where, orderBy: since, select: { createdAt: true, post } });
  const comments = await db.commentReaction.findMany({
    where,
    orderBy: since,
    select: { createdAt: true, commentId: true, comment: { select: { post } } },
  });
  yield jsonPart("reactions.json", {
    posts: posts.map(({ createdAt, post }) => ({ ...shown(post), createdAt })),
    comments: comments.map(({ commentId, createdAt, comment }) => ({
      commentId,
      createdAt,
      under: shown(comment.post),
    })),
  });
  const bookmarks = await db.bookmark.findMany({ where, orderBy: since, select: { createdAt: true, post } });
  yield jsonPart(
    "bookmarks.json",
    bookmarks.map(({ createdAt, post }) => ({ ...shown(post), createdAt })),
  );
  yield jsonPart("follows.json", await findFollows(userId));
  const muted = await db.mute.findMany({
    where: { muterId: userId },
    orderBy: since,
    select: { createdAt: true, kind: true, muted: { select: { username: true } } },
  });
  yield jsonPart(
    "muted.json",
    muted.map(({ muted: { username }, ...each }) => ({ username: named(username), ...each })),
  );
  yield jsonPart("reports.json", await listReports(userId));
  yield jsonPart("notifications.json", await listNotifications(userId));
}

const post = {
  select: { id: true, title: true, status: true, deletedAt: true, removedAt: true },
} as const;

interface OthersPost {
  id: number;
  title: string;
  status: string;
  deletedAt: Date | null;
  removedAt: Date | null;
}

/** A post that is gone or was taken down is only a number. */
function shown({ id, title, status, deletedAt, removedAt }: OthersPost): {
  postId: number;
  title?: string;
  address?: string;
} {
  if (status !== "published" || deletedAt || removedAt) return { postId: id };
  return { postId: id, title, address: settings().siteUrl + postPath({ id, title }) };
}

function named(username: string): string | null {
  return isGone(username) ? null : username;
}

async function findFollows(userId: string) {
  const person = { select: { username: true } };
  const orderBy = { createdAt: "asc" } as const;
  const following = await db.follow.findMany({
    where: { followerId: userId },
    orderBy,
    select: { createdAt: true, followee: person },
  });
  const followers = await db.follow.findMany({
    where: { followeeId: userId },
    orderBy,
    select: { createdAt: true, follower: person },
  });
  const tags = await db.tagFollow.findMany({ where: { userId }, orderBy, select: { tag: true, createdAt: true } });
  return {
    following: following.map(({ followee, createdAt }) => ({ username: named(followee.username), createdAt })),
    followers: followers.map(({ follower, createdAt }) => ({ username: named(follower.username), createdAt })),
    tags,
  };
}

async function listNotifications(userId: string) {
  const rows = await db.notification.findMany({
    where: { userId },
    orderBy: { createdAt: "asc" },
    select: {
      kind: true,
      postId: true,
      commentId: true,
      createdAt: true,
      readAt: true,
      mailedAt: true,
      actors: { select: { actor: { select: { username: true } } } },
    },
  });
  return rows.map(({ actors, ...row }) => ({ ...row, by: actors.map(({ actor }) => named(actor.username)) }));
}

/** What they reported, and what came of it; of the thing itself only what kind it was. */
async function listReports(userId: string) {
  const rows = await db.report.findMany({
    where: { reporterId: userId },
    orderBy: { createdAt: "asc" },
    select: {
      createdAt: true,
      rule: true,
      note: true,
      case: {
        select: {
          postId: true,
          commentId: true,
          resolution: { select: { kind: true, wordsToReporters: true, createdAt: true } },
        },
      },
    },
  });
  return rows.map(({ case: { postId, commentId, resolution }, ...row }) => ({
    ...row,
    of: postId ? { postId } : commentId ? { commentId } : "a person",
    outcome: resolution && {
      kind: resolution.kind,
      words: resolution.wordsToReporters,
      at: resolution.createdAt,
    },
  }));
}
