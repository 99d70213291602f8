import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "bram",
    hoursAfter: 1,
    body: "What's the paper? It looks as if the blue is in it and not on it.",
    reactions: 2,
    replies: [
      {
        by: "joaquim",
        hoursAfter: 1.5,
        body: "Cotton, 300 g, sized with gelatine, the last of a batch. And the blue *is* in it: the iron goes down between the fibres. You can scrape, and there is more.",
        reactions: 1,
      },
    ],
  },
  {
    by: "linwei",
    hoursAfter: 4,
    body: "The same process carried our survey sheets for fifty years. When an old blueprint fades we put it away in the dark, and some of the blue comes back. It's the only thing in the library that improves when no one's looking.",
    reactions: 3,
  },
];
