import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "linwei",
    hoursAfter: 1,
    body: "「昇るときは縦、沈むときは横」——台南也看得到。今晚我要去看看。",
    reactions: 2,
  },
  {
    by: "elspeth",
    hoursAfter: 3,
    body: "I put this through my niece, who has the language, and then went out at four to see for myself. From Coll he never lies quite flat, we're too far up; he leans on one elbow. But I'd never noticed that he stood up straight to come in. Thirty years! Please tell your carpenter.",
    reactions: 4,
    replies: [
      {
        by: "haruka",
        hoursAfter: 5,
        body: "He went home in the spring, walking. I'll send him a postcard. He will want to know the angle of the elbow.",
        reactions: 6,
      },
    ],
  },
];
