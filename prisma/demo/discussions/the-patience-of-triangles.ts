import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "iris",
    hoursAfter: 1.5,
    body: "Good evening, Ágnes. I walk past the observatory in Tartu most Sundays. There's a brass line set into the floor, and a cross, and children hop over it. I'll never hop over it again. I mean, I'll hop more carefully.",
    reactions: 8,
    replies: [
      {
        by: "agnes_v",
        hoursAfter: 2,
        body: "Hop, by all means. It has survived worse and it's what it is for: to be found where it was left.",
        reactions: 6,
      },
    ],
  },
  {
    by: "omar",
    hoursAfter: 3,
    body: "I meant to read a paragraph before going to bed. It's ten to two. Ilonka and the thermos.",
    reactions: 5,
  },
  {
    by: "kwame",
    hoursAfter: 5,
    body: "Least squares as courtesy. I've used it for fifteen years and I've never liked it before.",
    reactions: 3,
    replies: [
      {
        by: "pavel",
        hoursAfter: 6,
        body: "To be fair to the uncourteous: it's courteous *on the assumption that the errors are independent and nobody is drunk*. One observer with a bent tripod and it will spread his bend over the whole country with perfect manners.",
        reactions: 2,
        replies: [
          {
            by: "agnes_v",
            hoursAfter: 7,
            body: "Quite so, Pavel. That's what Ilonka was for.",
            reactions: 7,
          },
        ],
      },
    ],
  },
  {
    by: "elspeth",
    hoursAfter: 8,
    body: "Balance the stars north of the zenith with the stars south of it. The post office taught me the same: never weigh a parcel only on the side of the person who is paying.",
    reactions: 3,
  },
  {
    by: "marcus-b",
    hoursAfter: 12,
    body: "I've got an essay due on the metric system, and I had written that Méchain \"falsified data\". I have just taken that word out and I'm looking for another. What would you say?",
    reactions: 4,
    replies: [
      {
        by: "agnes_v",
        hoursAfter: 14,
        body: "I would say that he hid. It's a different fault. The one who falsifies wants you to believe a thing; the one who hides wants not to be seen. But do read Ken Alder's book on the two of them, who has been in the archives, where I've only been on the hill.",
        reactions: 6,
      },
    ],
  },
  {
    by: "bram",
    hoursAfter: 20,
    body: '"That will have been the ants." I read it out to the apprentice and neither of us could work for a bit.',
    reactions: 3,
  },
];
