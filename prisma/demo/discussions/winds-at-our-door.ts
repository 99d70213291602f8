import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "elspeth",
    hoursAfter: 0.6,
    body: 'Coll uses the same scale, save that at 10 we say "the trampoline is *ours* now".',
    reactions: 4,
    replies: [
      {
        by: "finn",
        hoursAfter: 1,
        body: "So that's where it went.",
        reactions: 7,
      },
    ],
  },
  {
    by: "lucia-p",
    hoursAfter: 2,
    body: "I'd like one for councils. 0: \"Something's wrong.\"",
    reactions: 1,
  },
  {
    by: "priyanka",
    hoursAfter: 3,
    body: "My mother-in-law's pain scale goes: grand, grand, grand, \"there's a bit of pain\", surgery.",
    reactions: 3,
    replies: [
      {
        by: "finn",
        hoursAfter: 3.4,
        body: "I believe we may be related.",
        reactions: 2,
      },
    ],
  },
];
