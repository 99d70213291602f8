import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "teodora",
    hoursAfter: 1,
    body: "Cook it until it's like a cataract, push it through a sieve, cold, covered with the lid on. Bram. This is custard. You're in my department.",
    reactions: 4,
    replies: [
      {
        by: "bram",
        hoursAfter: 1.4,
        body: "Yours sets. Mine has to be persuaded.",
        reactions: 3,
      },
    ],
  },
  {
    by: "omar",
    hoursAfter: 4,
    body: "We've banned the sticky tape at the desk and put up your fourth step in its place. \"This is where people turn up the heat. Don't.\" It seems to help with the public as well.",
    reactions: 2,
  },
];
