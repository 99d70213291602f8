import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "mina",
    hoursAfter: 1,
    body: "Apologies: those discarded on Tuesday. I am unwell.",
    reactions: 3,
  },
  {
    by: "bram",
    hoursAfter: 4,
    body: "Was the motion on the mustard minuted?",
    reactions: 1,
    replies: [
      {
        by: "teodora",
        hoursAfter: 5,
        body: "Referred to committee. The committee has since doubled.",
        reactions: 5,
      },
    ],
  },
];
