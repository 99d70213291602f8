import { href } from "react-router";
import type { ActKind, CommentAct, PersonAct, PostAct } from "#app/moderation/moderation.ts";

/** The last part of an act's address: a noun for what it makes. */
const nouns: Record<ActKind, string> = {
  warn: "warning",
  ban: "ban",
  unban: "unban",
  silence: "silence",
  unsilence: "unsilence",
  role: "role",
  sessions: "sessions",
  rename: "username",
  "clear-profile": "profile",
  "clear-avatar": "avatar",
  "remove-post": "removal",
  "restore-post": "restoration",
  "approve-post": "approval",
  "lock-post": "lock",
  "unlock-post": "unlock",
  "feature-post": "feature",
  "unfeature-post": "unfeature",
  "remove-comment": "removal",
  "restore-comment": "restoration",
  "approve-comment": "approval",
};

/** Where somebody does an act on a person. */
export function personActPath(kind: PersonAct, username: string): string {
  return `${href("/admin/users/:username", { username })}/${nouns[kind]}`;
}

export function postActPath(kind: PostAct, postId: number): string {
  return `/p/${postId}/${nouns[kind]}`;
}

export function commentActPath(kind: CommentAct, commentId: number): string {
  return `/comments/${commentId}/${nouns[kind]}`;
}

/**
 * The act of a page: by its pattern in the site map, which is the same however the address is spelled, and never by the
 * address.
 */
export function kindOfPattern(pattern: string, of: "person" | "post" | "comment"): ActKind {
  const noun = pattern.split("/").at(-1);
  const kind = kindsOf[of].find((each) => nouns[each] === noun);
  if (!kind) throw new Error(`No act has the pattern ${pattern}`);
  return kind;
}

const kindsOf = {
  person: ["warn", "silence", "unsilence", "rename", "clear-profile", "clear-avatar"],
  post: ["remove-post", "restore-post", "approve-post", "lock-post", "unlock-post", "feature-post", "unfeature-post"],
  comment: ["remove-comment", "restore-comment", "approve-comment"],
} as const satisfies Record<string, ActKind[]>;
