import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "teodora",
    hoursAfter: 0.6,
    body: "*Flour, as much as it takes* is correct and complete and I'd have merged it without comment.",
    reactions: 6,
  },
  {
    by: "nils",
    hoursAfter: 1,
    body: "`UntilItLooksRight` is going into my design tokens.",
    reactions: 3,
  },
  {
    by: "mina",
    hoursAfter: 3,
    body: "The parser returning `None` for the sentence that mattered most is the story of my career.",
    reactions: 2,
    replies: [
      {
        by: "pavel",
        hoursAfter: 4,
        body: "Mine too. I've learned to print the rejects first.",
        reactions: 2,
      },
    ],
  },
];
