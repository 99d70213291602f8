import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "mina",
    hoursAfter: 1,
    body: '"The commit message is in the cellar, and the constant is in the kitchen." Yes. But I have colleagues who keep a chest freezer in the kitchen.',
    reactions: 2,
  },
  {
    by: "kwame",
    hoursAfter: 2,
    body: "I require two things of a comment: a date and a reason. If it's got no date I can't know if I'm allowed to stop believing it.",
    reactions: 3,
  },
  {
    by: "nils",
    hoursAfter: 6,
    body: "I'm writing an answer. It has got long. I'll be polite.",
    replies: [
      {
        by: "pavel",
        hoursAfter: 6.5,
        body: "Please be long instead.",
        reactions: 4,
      },
    ],
  },
];
