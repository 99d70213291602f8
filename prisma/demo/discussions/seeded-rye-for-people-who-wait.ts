import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "mina",
    hoursAfter: 1,
    body: "Mixing the evening part now. My kitchen is 19 °C. More starter or more time?",
    reactions: 2,
    replies: [
      {
        by: "teodora",
        hoursAfter: 1.3,
        body: "More time. More starter gets you there faster and with less to say.",
        reactions: 4,
        replies: [
          {
            by: "mina",
            hoursAfter: 8,
            body: "It's 5 in the morning and it is domed and cracked and smells of cider. I've woken up to look at it.",
            reactions: 1,
            replies: [
              {
                by: "teodora",
                hoursAfter: 8.1,
                body: "Now you are one of us. I'm sorry.",
                reactions: 5,
              },
            ],
          },
        ],
      },
    ],
  },
  {
    by: "pavel",
    hoursAfter: 2,
    body: "97 °C in the middle: measured immediately, or after it has rested for a minute? The probe lags.",
    replies: [
      {
        by: "teodora",
        hoursAfter: 2.4,
        body: "Leave the probe in until it stops climbing. If it takes more than a minute to decide, buy another probe.",
        reactions: 2,
      },
    ],
  },
  {
    by: "priyanka",
    hoursAfter: 5,
    body: '"Owns a pharmacy" has been translated at the breakfast table and my mother claims that *her* grandmother said it, about jackfruit.',
    reactions: 3,
  },
  {
    by: "bram",
    hoursAfter: 7,
    body: 'I read "it will look like mortar" and then "that is correct" and felt for the first time that I might be able to bake.',
  },
  {
    by: "finn",
    hoursAfter: 11,
    body: "Would treacle do? There's no molasses in it this side of Ballina.",
    reactions: 2,
    replies: [
      {
        by: "teodora",
        hoursAfter: 11.5,
        body: "Treacle will do very well. Half as much again if it is the light one.",
        reactions: 1,
      },
    ],
  },
];
