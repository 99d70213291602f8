import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "priyanka",
    hoursAfter: 0.2,
    body: "I was the hip, in another city, for two years. Different reason, same run. Our driver used to drop his keys and look for them.",
    reactions: 8,
    replies: [
      {
        by: "desmond",
        hoursAfter: 0.4,
        body: "The keys is a classic. I've also checked the tyres.",
        reactions: 6,
      },
    ],
  },
  {
    by: "grace-w",
    hoursAfter: 0.5,
    body: "I have read many service change notices and I've never once cried at a footnote. Who put the *h* in? That's a person with access to the master timetable who'll never be promoted for it. I'd like to shake their hand.",
    reactions: 5,
    replies: [
      {
        by: "desmond",
        hoursAfter: 0.8,
        body: "I've my suspicions. He has a tablet.",
        reactions: 4,
      },
    ],
  },
  {
    by: "omar",
    hoursAfter: 0.9,
    body: '"Like something being poured." Thank you, Desmond.',
    reactions: 2,
  },
  {
    by: "lucia-p",
    hoursAfter: 1.2,
    body: "Stolen, with attribution, for the first slide of every talk I give from now on.",
    reactions: 3,
  },
];
