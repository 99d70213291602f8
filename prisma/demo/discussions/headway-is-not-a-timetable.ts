import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "desmond",
    hoursAfter: 0.8,
    body: "The thermos: at the Square on a quiet night you pour a cup. You may not leave while it's too hot to drink. That's about four minutes in winter, three in summer. If the fella behind is close, you offer him one, and he has to wait till *his* is cool. That's the entire headway control of the Glasgow night network.",
    reactions: 6,
    replies: [
      {
        by: "grace-w",
        hoursAfter: 1.2,
        body: "So the control variable is the temperature of tea. I'd like to publish this with you.",
        reactions: 5,
        replies: [
          {
            by: "desmond",
            hoursAfter: 1.5,
            body: "I'd want to be second author. The kettle did the work.",
            reactions: 3,
          },
        ],
      },
    ],
  },
  {
    by: "mina",
    hoursAfter: 4,
    body: "`[1, 1, 28]` → 13.1 broke my brain, so I dropped 200,000 coins as instructed. 13.09. Fine. Rude, but fine.",
    was: "`[1, 1, 28]` → 13.1 broke my brain, so I dropped 20,000 coins as instructed. 13.4. Is that close enough?",
    reactions: 2,
  },
  {
    by: "kwame",
    hoursAfter: 6,
    body: "Same thing with load tests: you measure latency per *request served*, and while the server hangs you send nothing, so the long gap counts once. The riders are the ones who'd have come in the meantime.",
    reactions: 1,
  },
];
