import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "mina",
    hoursAfter: 0.4,
    body: '"The number of books you took off the shelf and put back." I\'m going to say this to people at work as if it were mine.',
    reactions: 3,
  },
  {
    by: "pavel",
    hoursAfter: 0.7,
    body: "Why `created_at desc` in the index? A btree can be read backwards; `(merchant_id, created_at)` would serve the same query.",
    reactions: 1,
    replies: [
      {
        by: "kwame",
        hoursAfter: 0.9,
        body: "You're right, for this query it makes no difference. One equality column and one ordering column, either direction will do. It starts to matter when you order by two columns in different directions. I write the `desc` as a comment to the reader, which I suppose makes me of your party about comments.",
        reactions: 4,
        replies: [
          {
            by: "pavel",
            hoursAfter: 1,
            body: "Welcome.",
            reactions: 2,
          },
        ],
      },
    ],
  },
  {
    by: "nils",
    hoursAfter: 1.5,
    body: "Stupid question from the front: why doesn't the planner try, notice it has read a million rows for nothing, and change its mind?",
    replies: [
      {
        by: "kwame",
        hoursAfter: 1.8,
        body: "Not stupid, people have written doctorates. Postgres plans once and then executes. To switch in the middle it'd have to remember which rows it had already handed over. There are databases that do it. Ours would rather be wrong predictably.",
        reactions: 3,
        replies: [
          {
            by: "desmond",
            hoursAfter: 2.2,
            body: "We have drivers like that.",
            reactions: 5,
          },
        ],
      },
    ],
  },
  {
    by: "haruka",
    hoursAfter: 3,
    body: "How did you find it? Did the merchant complain?",
    reactions: 2,
    replies: [
      {
        by: "kwame",
        hoursAfter: 3.4,
        body: "No. They'd closed, they had no reason to complain. A woman in our support team looks at old accounts every Thursday and she said, \"this one is heavy.\" I've asked her to tell me about everything heavy.",
        reactions: 4,
        replies: [
          {
            by: "priyanka",
            hoursAfter: 4,
            body: "A bit quiet, a bit heavy. You see?",
            reactions: 3,
          },
        ],
      },
    ],
  },
  {
    by: "iris",
    hoursAfter: 6,
    body: "Checked ours after reading this. We have one exactly like it, on the page of somebody's oldest comments. Fixed before lunch. Thank you.",
  },
];
