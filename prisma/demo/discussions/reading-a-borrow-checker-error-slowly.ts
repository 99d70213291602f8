import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "kwame",
    hoursAfter: 1,
    body: "Who was on the track, when did they enter the section, when did they leave. I'm going to read deadlock reports like this.",
    reactions: 2,
  },
  {
    by: "nils",
    hoursAfter: 2,
    body: "As someone who has never written a line of Rust: I understood this, and now I'm suspicious of every array I've ever pushed to.",
    reactions: 1,
    replies: [
      {
        by: "pavel",
        hoursAfter: 2.5,
        body: "In JavaScript you may push without fear. You have other things to be afraid of.",
        reactions: 3,
      },
    ],
  },
  {
    by: "mina",
    hoursAfter: 6,
    body: "Is the index version not worse? If you return an index and the caller pushes before using it, it points to the right slot. But if somebody *sorts*, you get a different name, and no compiler says anything.",
    replies: [
      {
        by: "pavel",
        hoursAfter: 8,
        body: "Correct, and well put. An index is a borrow that has stopped paying rent. I'd use it inside one function and never hand it out of the house.",
        reactions: 4,
      },
    ],
  },
];
