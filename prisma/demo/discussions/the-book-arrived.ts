import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "bram",
    hoursAfter: 0.3,
    body: "Congratulations! Which page has the bone folder? And is it sewn or glued? You may lie to me.",
    reactions: 3,
    replies: [
      {
        by: "yusra",
        hoursAfter: 0.5,
        body: "Page 88. And it's glued. The author wept and so did I.",
        reactions: 4,
        replies: [
          {
            by: "bram",
            hoursAfter: 0.7,
            body: "Send me one of the six. I'll sew it, for your mother's television.",
            reactions: 8,
          },
        ],
      },
    ],
  },
  {
    by: "agnes_v",
    hoursAfter: 1,
    body: "*Crookedly*, on page 61! I've ordered it at the shop here and spelled your name for the girl, twice. She said \"it's on the front?\" and I said yes, it is, and it was fought for.",
    reactions: 4,
  },
  {
    by: "haruka",
    hoursAfter: 2,
    body: "おめでとうございます 🎉 How did you write the slippers in the end?",
    reactions: 2,
    replies: [
      {
        by: "yusra",
        hoursAfter: 2.4,
        body: '"The corridor applauded her very quietly." I hope that you\'ll forgive me.',
        reactions: 6,
        replies: [
          {
            by: "haruka",
            hoursAfter: 3,
            body: "From tonight I will walk differently.",
            reactions: 3,
          },
        ],
      },
    ],
  },
  {
    by: "marcus-b",
    hoursAfter: 4,
    body: "In the right direction!! Your mum.",
    reactions: 2,
  },
  {
    by: "omar",
    hoursAfter: 8,
    body: "We're taking four for the branch. I have put in a note for whoever catalogues it: the translator's name goes in the *first* line.",
    reactions: 3,
  },
];
