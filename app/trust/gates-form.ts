import { z } from "zod";
import { reasonForm } from "#app/moderation/moderation.ts";
import { type Gates, gatesSchema } from "#app/trust/gates.ts";

/** Every number is asked for: an empty field is no default. */
export const gatesForm = z.object({
  ...unwrapped(),
  ...reasonForm.shape,
});

function unwrapped() {
  const { shape } = gatesSchema;
  return {
    newDays: shape.newDays.unwrap(),
    newContributions: shape.newContributions.unwrap(),
    actsAgainst: shape.actsAgainst.unwrap(),
    actDays: shape.actDays.unwrap(),
    newLinks: shape.newLinks.unwrap(),
    newImages: shape.newImages.unwrap(),
    newPostsPerDay: shape.newPostsPerDay.unwrap(),
    newCommentsPerDay: shape.newCommentsPerDay.unwrap(),
    postsPerDay: shape.postsPerDay.unwrap(),
    commentsPerDay: shape.commentsPerDay.unwrap(),
    heldPosts: shape.heldPosts.unwrap(),
    newReportWeight: shape.newReportWeight.unwrap(),
  };
}

interface NumberWords {
  name: Exclude<keyof Gates, "newLinks" | "newImages">;
  label: string;
  hint: string;
}

/** The fields of the numbers, in the order of the form. */
export const numberWords: NumberWords[] = [
  { name: "newDays", label: "Days for which an account is new", hint: "0 to 365. With 0 its age does not count." },
  {
    name: "newContributions",
    label: "Posts and comments that have to stand",
    hint: "0 to 1,000. Until then an account is new as well.",
  },
  {
    name: "actsAgainst",
    label: "Acts of moderators after which somebody counts as new again",
    hint: "1 to 100. Warnings, silences, bans and removals.",
  },
  { name: "actDays", label: "Days for which such an act counts", hint: "1 to 3,650." },
  { name: "newPostsPerDay", label: "Posts of a new account in 24 hours", hint: "0 to 1,000." },
  { name: "newCommentsPerDay", label: "Comments of a new account in 24 hours", hint: "0 to 10,000." },
  { name: "postsPerDay", label: "Posts of anybody in 24 hours", hint: "1 to 1,000." },
  { name: "commentsPerDay", label: "Comments of anybody in 24 hours", hint: "1 to 10,000." },
  {
    name: "heldPosts",
    label: "First posts and comments that wait for a look",
    hint: "0 to 1,000. With 0 nothing waits. Somebody has to look at what waits every day.",
  },
  {
    name: "newReportWeight",
    label: "What a report by a new account counts",
    hint: "0 to 1. Any other report counts 1.",
  },
];
