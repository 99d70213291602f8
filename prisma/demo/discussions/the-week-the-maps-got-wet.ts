import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "iris",
    hoursAfter: 1,
    body: "I've been up and looked at the drain. There was a tennis ball in it. I don't know how to thank you.",
    reactions: 4,
    replies: [
      {
        by: "linwei",
        hoursAfter: 2,
        body: "Write to Mrs Hsu. She likes postcards with fish.",
        reactions: 6,
      },
    ],
  },
  {
    by: "priyanka",
    hoursAfter: 3,
    body: '"Nearly everything that your hands want to do in that hour is wrong." This should be over the door of every emergency room.',
    reactions: 3,
  },
  {
    by: "haruka",
    hoursAfter: 4,
    body: "鉛筆を壁に。今日、詰所の壁に貼りました。",
    reactions: 2,
  },
];
