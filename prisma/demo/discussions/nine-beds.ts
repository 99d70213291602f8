import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "nils",
    hoursAfter: 2,
    body: "This is a grid with named areas and I'm going to be unbearable about it for a day or two.",
    reactions: 3,
  },
  {
    by: "finn",
    hoursAfter: 3,
    body: "Who's Birthe and is she looking for land?",
    reactions: 1,
    replies: [
      {
        by: "mina",
        hoursAfter: 3.5,
        body: "She says she has land, thank you, and what do you do about carrot fly?",
        reactions: 6,
        replies: [
          {
            by: "finn",
            hoursAfter: 4,
            body: "Wind.",
            reactions: 4,
          },
        ],
      },
    ],
  },
  {
    by: "teodora",
    hoursAfter: 5,
    body: '"The sentence is from a book." I want this printed on the front of all books.',
    reactions: 2,
  },
];
