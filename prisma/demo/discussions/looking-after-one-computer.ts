import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "kwame",
    hoursAfter: 0.5,
    body: "A person in Accra would like to point out that it's *eight* times, and that the build has since got faster.",
    reactions: 7,
    replies: [
      {
        by: "iris",
        hoursAfter: 0.7,
        body: "It's nine. I've read the log.",
        reactions: 5,
      },
    ],
  },
  {
    by: "bram",
    hoursAfter: 2,
    body: "The reading room in Ghent is my kitchen. I'm flattered.",
    reactions: 3,
  },
  {
    by: "mina",
    hoursAfter: 5,
    body: "I gave our newest person one machine and a mug. He's found that it thinks it's in Helsinki.",
    reactions: 2,
  },
];
