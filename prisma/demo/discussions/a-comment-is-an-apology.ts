import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "pavel",
    hoursAfter: 0.6,
    body: "I've read it twice. I concede *do not remove!!!* in full. Whoever writes three exclamation marks has something to say and should be made to sit down and say it.",
    reactions: 5,
    replies: [
      {
        by: "nils",
        hoursAfter: 0.9,
        body: "And I concede the constant. I've already written one, with a date in it: why our date picker must not open upwards. There was an incident with a cat.",
        reactions: 2,
        replies: [
          {
            by: "pavel",
            hoursAfter: 1.2,
            body: "Please put the cat in.",
            reactions: 3,
            replies: [
              {
                by: "nils",
                hoursAfter: 1.3,
                body: "The cat *is* in.",
                reactions: 6,
              },
            ],
          },
        ],
      },
    ],
  },
  {
    by: "iris",
    hoursAfter: 3,
    body: "This is the nicest disagreement we've had, and I've put both links into the house rules under number two.",
    reactions: 3,
  },
  {
    by: "grace-w",
    hoursAfter: 5,
    body: "In timetables all comments have one letter and live at the bottom of the page. You'd be amazed how much can be said.",
    reactions: 1,
  },
];
