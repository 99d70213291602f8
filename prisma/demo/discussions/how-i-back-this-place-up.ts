import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "mina",
    hoursAfter: 1,
    body: '"Pulled (not pushed)" should be on the wall of every office.',
    reactions: 2,
  },
  {
    by: "pavel",
    hoursAfter: 2,
    body: "One question: `set -e` doesn't notice if `tar` fails on the left side of the pipe. You could encrypt and keep half an archive.",
    replies: [
      {
        by: "iris",
        hoursAfter: 3,
        body: "You're right. It's plain `sh`, so no `pipefail` that I'd rely on. I've changed it to write the tar to disk first and then encrypt. The linen cupboard thanks you.",
        reactions: 4,
      },
    ],
  },
  {
    by: "finn",
    hoursAfter: 6,
    body: "What does your mother say when it's full?",
    reactions: 3,
    replies: [
      {
        by: "iris",
        hoursAfter: 7,
        body: "That she needs the shelf for towels, and which year would I like to lose.",
        reactions: 5,
      },
    ],
  },
];
