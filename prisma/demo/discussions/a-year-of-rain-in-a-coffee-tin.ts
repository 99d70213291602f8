import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "agnes_v",
    hoursAfter: 2,
    body: '"The explanation is the better data." In our office the field books had a narrow column headed *Remarks*. The day that they made it a code list, from 1 to 9, I began to think about retiring.',
    reactions: 3,
  },
  {
    by: "lucia-p",
    hoursAfter: 3,
    body: "Would you share the record since 1937? There are people here who'd give a great deal for a daily series of that length with one family's eye behind it.",
    replies: [
      {
        by: "finn",
        hoursAfter: 5,
        body: "It's in eleven copybooks and my mother's handwriting has a drift. But come over. Bring boots.",
        reactions: 4,
      },
    ],
  },
  {
    by: "haruka",
    hoursAfter: 10,
    body: "I like that one Thursday weighed the same as May.",
    reactions: 1,
  },
];
