import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "omar",
    hoursAfter: 1,
    body: '"A row is for waiting for a bus." We rearranged the chairs in the reading room this morning. In fours, with something flat in the middle. A man asked me whether it was allowed to talk.',
    reactions: 3,
    replies: [
      {
        by: "lucia-p",
        hoursAfter: 1.5,
        body: "And what did you say?",
        reactions: 4,
        replies: [
          {
            by: "omar",
            hoursAfter: 1.8,
            body: "I said I would ask the librarian.",
            reactions: 7,
          },
        ],
      },
    ],
  },
  {
    by: "desmond",
    hoursAfter: 3,
    body: "In defence of rows: on a bus, the only good talk is in the row, because you're both looking the same way. The four-seats-facing is where folk go silent.",
    reactions: 4,
    replies: [
      {
        by: "dalia",
        hoursAfter: 4,
        body: "Same in physio. If I want someone to tell me how they really are I stand next to them and we both look at the ankle.",
        reactions: 2,
      },
    ],
  },
  {
    by: "joaquim",
    hoursAfter: 9,
    body: "I photographed card players for a year and not one of the good pictures has a back rest in it.",
    reactions: 1,
  },
  {
    by: "grace-w",
    hoursAfter: 14,
    body: "41, 17, 52: over how many days, and what was the weather? I believe you, and I'd like to be able to defend it.",
    replies: [
      {
        by: "lucia-p",
        hoursAfter: 15,
        body: "Eleven weekdays each, same month, no rain days, counted by the same two people. The variation between days is about ±6. I've got the sheets, and I'll scan them.",
        was: "Ten weekdays each, same month, counted by the same two people. The variation between days is about ±6.",
        reactions: 2,
      },
    ],
  },
];
