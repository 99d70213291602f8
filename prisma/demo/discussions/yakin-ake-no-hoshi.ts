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
    body: "I put this through my niece, who has the language, and got out the chart wheel. From Coll he never stands quite straight when he comes in, we're too far up; he leans on one elbow. But when he goes he lies down as flat as a plank. Thirty years, and I'd never noticed! Please tell your carpenter.",
    reactions: 4,
    replies: [
      {
        by: "haruka",
        hoursAfter: 5,
        body: "He went home in the spring, walking. I'll send him a postcard. He will want to know the angle of the elbow.",
        reactions: 6,
        replies: [
          {
            by: "elspeth",
            hoursAfter: 6,
            body: "Seventy degrees from the horizon, near enough. A roof he'd be proud of.",
            reactions: 3,
          },
        ],
      },
    ],
  },
];
