import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "dalia",
    hoursAfter: 0.2,
    body: "(6 s.)\n\nThank you, Marcus.",
    reactions: 6,
  },
  {
    by: "omar",
    hoursAfter: 0.4,
    body: '"For the door." I\'m going to have to go and stand in the stacks for a while.',
    reactions: 5,
  },
  {
    by: "teodora",
    hoursAfter: 0.7,
    body: "*For how many you are, and one.* Forty people a day ask me how many a cake is for. From now on they'll get the right answer.",
    reactions: 4,
    replies: [
      {
        by: "pavel",
        hoursAfter: 0.9,
        body: "I've added a variant to the enum. `ForHowManyYouAre { plus: u32 }`. All two hundred and twelve parse, and it's the default.",
        reactions: 5,
      },
    ],
  },
  {
    by: "desmond",
    hoursAfter: 1.1,
    body: "Do the washing-up, son. That's where they tell you the rest.",
    reactions: 3,
  },
];
