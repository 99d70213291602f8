import { listAccountParts } from "#app/exports/account-parts.server.ts";
import type { Part } from "#app/exports/part.ts";
import { listTiesParts } from "#app/exports/ties-parts.server.ts";
import { commentsFile, formerTextsFile, listPostFiles, postsFile } from "#app/exports/writing-parts.server.ts";
import { db } from "#app/server/database.server.ts";
import { settings } from "#app/server/env.server.ts";
import { readStoredFile } from "#app/server/storage.server.ts";
import { filesOf } from "#app/uploads/upload.ts";

/** About how many there will be: the files of pictures and posts, and a few more. */
export async function countParts(userId: string): Promise<number> {
  const posts = await db.post.count({ where: { authorId: userId } });
  const pictures = await db.upload.count({ where: { ownerId: userId } });
  return posts + pictures + 20;
}

/** Everything about a person, one file after another, each read when the one before has been written. */
export async function* listParts(userId: string): AsyncGenerator<Part> {
  yield { name: "README.txt", input: readMe() };
  yield* listAccountParts(userId);
  yield postsFile(userId);
  yield* listPostFiles(userId);
  yield commentsFile(userId);
  yield formerTextsFile(userId);
  yield* listTiesParts(userId);
  yield* listPictures(userId);
}

/** A picture whose file is missing is left out: the rest is worth having. */
async function* listPictures(userId: string): AsyncGenerator<Part> {
  const uploads = await db.upload.findMany({
    where: { ownerId: userId },
    orderBy: { createdAt: "asc" },
    select: { key: true, kind: true, createdAt: true },
  });
  for (const upload of uploads) {
    for (const file of filesOf(upload)) {
      const bytes = await readStoredFile(file);
      if (bytes) yield { name: `media/${file}`, input: new Uint8Array(bytes), lastModified: upload.createdAt };
    }
  }
}

function readMe(): string {
  const { siteName, siteUrl } = settings();
  return `Everything about you on ${siteName}, ${siteUrl}

account.json          your profile, addresses, ways in, devices and settings
security-log.json     what happened to your account
moderation.json       what moderators did that concerns you
posts.json            your posts and drafts, with their numbers
posts/, drafts/       the same as Markdown, a file each
comments.json         your comments
former-texts.json     how your posts and comments read before you edited them
reactions.json, bookmarks.json, follows.json, muted.json, reports.json, notifications.json
media/                your pictures; a text names them as /media/…

Times are in UTC. Secrets are left out: passwords and keys are of use here only.
`;
}
