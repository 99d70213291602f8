import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "kwame",
    hoursAfter: 0.7,
    body: "I do now. Tonight's note reads: *\"nothing broke. The ledger job finished eleven minutes early, which it has never done. I'm worried.\"*",
    reactions: 5,
    replies: [
      {
        by: "priyanka",
        hoursAfter: 1,
        body: "Somebody please look at the ledger job.",
        reactions: 6,
        replies: [
          {
            by: "kwame",
            hoursAfter: 9,
            body: "Somebody did. It had finished early because it had skipped a third of the accounts. Found at ten in the evening and not at month's end. I owe Lakshmi a coconut.",
            reactions: 8,
          },
        ],
      },
    ],
  },
  {
    by: "desmond",
    hoursAfter: 2,
    body: "We've got a board in the depot for this. It's meant for road closures. Under those there's always one in chalk like *\"Mrs T not at her stop two nights now\"*, and someone goes round.",
    reactions: 3,
  },
  {
    by: "haruka",
    hoursAfter: 4,
    body: "申し送り *mōshiokuri*. We are encouraged now to do it only on the computer, to save time. We still walk to the bed. Officially we're checking the drip.",
    reactions: 2,
  },
  {
    by: "tomasz",
    hoursAfter: 10,
    body: 'I left a note for my apprentice on Friday, with everything on it except what I was worried about. She asked me on Monday, "what were you worried about?" It was between the lines. It ought to have been on one.',
    reactions: 1,
  },
];
