import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "haruka",
    hoursAfter: 0.4,
    body: "In which direction did you wave? It matters for the etiquette. 🛰️",
    reactions: 3,
    replies: [
      {
        by: "elspeth",
        hoursAfter: 0.6,
        body: "West to east, and down a bit, so as to be with it.",
        reactions: 7,
      },
    ],
  },
  {
    by: "finn",
    hoursAfter: 1,
    body: "It would've been over us a minute before. You're welcome.",
    reactions: 4,
  },
  {
    by: "desmond",
    hoursAfter: 2.1,
    body: "Is there a form of words?",
    reactions: 2,
    replies: [
      {
        by: "elspeth",
        hoursAfter: 2.5,
        body: '"Mind yourselves" seemed to cover it.',
        reactions: 6,
      },
    ],
  },
];
