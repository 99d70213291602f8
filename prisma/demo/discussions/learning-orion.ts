import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "haruka",
    hoursAfter: 1,
    body: '"Get to know one house, and go there for tea." I\'ve stopped trying to teach the students the whole ward in their first week. One bed. Then next door.',
    reactions: 3,
  },
  {
    by: "marcus-b",
    hoursAfter: 3,
    body: "From Kingston he's nearly overhead and lies on his side. Mintaka due east though, I checked with a phone and then with the church.",
    reactions: 1,
    replies: [
      {
        by: "elspeth",
        hoursAfter: 4,
        body: "The church is the better instrument. It's had longer to settle.",
        reactions: 4,
      },
    ],
  },
];
