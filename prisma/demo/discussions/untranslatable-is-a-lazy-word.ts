import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "ottilie",
    hoursAfter: 1,
    body: "Das Wort auf der deutschen Liste heißt »Waldeinsamkeit« und kein Mensch hat es je gesagt, außer auf Postkarten.",
    reactions: 2,
    replies: [
      {
        by: "yusra",
        hoursAfter: 1.5,
        body: "So it's true of every list. Perhaps there's one workshop that makes them.",
        reactions: 3,
      },
    ],
  },
  {
    by: "haruka",
    hoursAfter: 3,
    body: '*Komorebi* we do use. But mostly to say "let\'s put the bed here".',
    reactions: 3,
  },
  {
    by: "dalia",
    hoursAfter: 5,
    body: "The third difficulty is singing Bialik in German. You get the w's.",
    reactions: 2,
  },
  {
    by: "agnes_v",
    hoursAfter: 9,
    body: '"Have you tried it today?" I\'ve lent this sentence to my grandson, in connection with algebra.',
    reactions: 4,
  },
  {
    by: "omar",
    hoursAfter: 30,
    body: "I went and found the aunt, on page 12. I had read over her without a thought, and on page 40 I put the book down. It works. I wouldn't ever have known that it had been built.",
    reactions: 5,
  },
];
