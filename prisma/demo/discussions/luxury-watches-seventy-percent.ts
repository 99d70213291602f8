import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "bram",
    hoursAfter: 0.3,
    body: "We do talk about glue. It's rather the point.",
    replies: [
      {
        by: "rufus",
        hoursAfter: 0.5,
        body: "Cry about it, paste man. Nobody asked you.",
      },
    ],
  },
  {
    by: "omar",
    hoursAfter: 1,
    body: "Removed. This is the fourth of these and the second warning was on Monday. Rufus, I've written to you. If ever you'd like to tell us what you really think about watches, I would read that.",
    reactions: 6,
  },
];
