import type { SubmissionResult } from "@conform-to/react";
import { href } from "react-router";
import { ActForm } from "#app/moderation/act-form.tsx";
import { ActPage } from "#app/moderation/act-page.tsx";
import { type ActKind, actWords } from "#app/moderation/moderation.ts";
import type { Refusal } from "#app/moderation/policy.ts";
import type { Rule } from "#app/moderation/rule.ts";
import type { ThingFace } from "#app/moderation/thing-subject.server.ts";

/** The page of an act on a post or a comment. */
export function ThingActPage({
  subject,
  refusal,
  rules,
  lastResult,
}: {
  subject: ThingFace;
  refusal: Refusal | null;
  rules: Rule[];
  lastResult?: SubmissionResult<string[]> | null;
}) {
  const { kind, author, title, words, postId, commentId } = subject;
  const back =
    commentId === null
      ? href("/p/:postId/:slug?", { postId: String(postId) })
      : href("/comments/:commentId", { commentId: String(commentId) });
  return (
    <ActPage
      title={`${actWords[kind].button} ${commentId === null ? "a post" : "a comment"}`}
      subject={author}
      refusal={refusal}
      back={{ to: back, words: commentId === null ? "Back to the post" : "Back to the comment" }}
      effects={(effects[kind] ?? []).map((text) => <li key={text}>{text}</li>)}
    >
      <blockquote className="act-thing" dir="auto">
        {title && <p className="act-thing-title">{title}</p>}
        <p>{words}</p>
      </blockquote>
      <ActForm kind={kind} rules={rules} lastResult={lastResult} cancelTo={back} />
    </ActPage>
  );
}

const told = "Its author is told, with your reason, and can appeal once.";

const effects: Partial<Record<ActKind, string[]>> = {
  "remove-post": [
    "Nobody but its author and moderators sees it any more, nor its comments.",
    told,
    "It can be undone exactly.",
  ],
  "restore-post": ["Everybody sees it again, where it stood.", "Its author is told."],
  "approve-post": ["Everybody sees it, as published now.", "Its author is told, and whoever is named in it."],
  "lock-post": ["It stays where it is, and nobody comments on it any more.", "Its author is told, with your reason."],
  "unlock-post": ["It can be commented on again.", "Its author is told."],
  "feature-post": ["It stands on top of the front page until it is taken off.", "Its author is told."],
  "unfeature-post": ["It goes back to its place among the others.", "Its author is told."],
  "remove-comment": [
    "Its words are seen by its author and moderators alone; the answers to it stay.",
    told,
    "It can be undone exactly.",
  ],
  "restore-comment": ["Everybody sees it again, where it stood.", "Its author is told."],
  "approve-comment": ["Everybody sees it.", "Its author is told, and whoever is answered or named in it."],
};
