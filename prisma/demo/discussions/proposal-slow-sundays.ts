import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "omar",
    hoursAfter: 0.5,
    body: "In favour. One small thing: please let the draw include the ones that got *many* comments as well. Otherwise we'd be a museum of the overlooked, which is a sad sort of museum.",
    reactions: 3,
    replies: [
      {
        by: "iris",
        hoursAfter: 0.8,
        body: "They're in, with one ticket. The overlooked have two. It's a thumb on the scale and not a fist.",
        reactions: 2,
      },
    ],
  },
  {
    by: "yusra",
    hoursAfter: 1,
    body: "Sunday is a working day for me, and I vote for it anyway. I'd like there to be one day when I come in from work and the place smells different.",
    reactions: 4,
  },
  {
    by: "dalia",
    hoursAfter: 1.6,
    body: "Same. My weekend is Friday and Saturday. But slow Sundays sounds right and slow Fridays sounds like a complaint about the trains.",
    reactions: 3,
  },
  {
    by: "kwame",
    hoursAfter: 2,
    body: "`order by random()` over the table is fine at our size. But if you want the draw to be something that anyone can check, publish the seed *before* midnight and sort by a hash of seed and post id. Then nobody can say that you drew until you liked it.",
    reactions: 2,
    replies: [
      {
        by: "iris",
        hoursAfter: 2.5,
        body: "I had dice in a cup in mind. But yes. This is the kind of objection I was hoping for.",
        reactions: 4,
        replies: [
          {
            by: "pavel",
            hoursAfter: 3,
            body: "If the seed is published before, someone could write posts until one has a lucky id. Take the seed from something nobody controls. The Tartu temperature at midnight, to a tenth of a degree.",
            reactions: 2,
            replies: [
              {
                by: "kwame",
                hoursAfter: 3.3,
                body: "Posts must be 30 days old, Pavel. They'd have to cheat a month ahead, for the glory of page one on a Sunday.",
                reactions: 5,
                replies: [
                  {
                    by: "pavel",
                    hoursAfter: 3.5,
                    body: "I have met people.",
                    reactions: 6,
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
  {
    by: "nils",
    hoursAfter: 6,
    body: "Against, slightly. I come here on Sundays *because* it's when I have time for the new things. You would be closing the bakery on the day that I'm hungry.",
    reactions: 1,
    replies: [
      {
        by: "iris",
        hoursAfter: 7,
        body: "*New* will be one click away, and it'll remember. If you've chosen the conveyor belt once on a Sunday you'll get it every Sunday.",
        reactions: 1,
        replies: [
          {
            by: "nils",
            hoursAfter: 7.5,
            body: "Then I've nothing to be against. It's very annoying.",
            reactions: 2,
          },
        ],
      },
    ],
  },
  {
    by: "teodora",
    hoursAfter: 12,
    body: "Should comments bring it up again: no. Old bread may be toasted but don't put it back in the window.",
    reactions: 3,
  },
  {
    by: "agnes_v",
    hoursAfter: 20,
    body: "May I take mine out of the draw? I wrote one in my first week of which I am ashamed. There's an error of sign in it.",
    reactions: 4,
    replies: [
      {
        by: "omar",
        hoursAfter: 20.6,
        body: "I'd leave it in, Ágnes, and add the correction underneath. We've all learned more from your corrections.",
        reactions: 5,
      },
    ],
  },
  {
    by: "iris",
    hoursAfter: 44,
    body: "Decided, then: four Sundays, starting with the next. Authors may opt out, comments don't bump, the seed is @kwame's hash of @pavel's temperature. I'll report back, with numbers, and then we vote.",
    reactions: 9,
  },
];
