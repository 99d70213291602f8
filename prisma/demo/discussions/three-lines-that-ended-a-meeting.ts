import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "mina",
    hoursAfter: 1,
    body: "`min(18rem, 100%)`. I have been fixing that overflow with a media query since 2019. Thank you and also ow.",
    reactions: 2,
  },
  {
    by: "grace-w",
    hoursAfter: 3,
    body: "What did you do with the matrix?",
    replies: [
      {
        by: "nils",
        hoursAfter: 3.3,
        body: "It's on the wall of the kitchen. The colours are very good.",
        reactions: 4,
      },
    ],
  },
  {
    by: "pavel",
    hoursAfter: 6,
    body: "An element can't be styled by a query about itself, because you can't lift a chair you're sitting on. This is the first thing about CSS that I've ever understood.",
    reactions: 1,
  },
];
