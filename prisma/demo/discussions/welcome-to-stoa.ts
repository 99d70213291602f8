import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "omar",
    hoursAfter: 1,
    body: "First. (I've always wanted to.) I do promise to enjoy it.",
    reactions: 5,
  },
  {
    by: "mina",
    hoursAfter: 2,
    body: "Taking the column by the fish.",
    reactions: 4,
    replies: [
      {
        by: "iris",
        hoursAfter: 2.5,
        body: "It smells less in winter.",
        reactions: 2,
      },
    ],
  },
  {
    by: "teodora",
    hoursAfter: 9,
    body: "Which rule is it if somebody says that you should *not* weigh water?",
    reactions: 3,
    replies: [
      {
        by: "iris",
        hoursAfter: 10,
        body: "Two. Argue with the strongest version. Then remove them.",
        reactions: 6,
      },
    ],
  },
  {
    by: "bram",
    hoursAfter: 120,
    body: "A place with a back, and open at the front. That's a book, more or less.",
    reactions: 2,
  },
];
