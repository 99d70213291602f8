import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "mina",
    hoursAfter: 0.3,
    body: "The back of the seed packets in my coat. At the moment: *thin to 15 cm, be brave.* I've added the second half.",
    reactions: 2,
  },
  {
    by: "pavel",
    hoursAfter: 0.6,
    body: "The compiler output. That's what it's for.",
    replies: [
      {
        by: "kwame",
        hoursAfter: 0.7,
        body: "Pavel.",
        reactions: 3,
        replies: [
          {
            by: "pavel",
            hoursAfter: 0.9,
            body: "…and a railway timetable of 1938.",
            reactions: 4,
          },
        ],
      },
    ],
  },
  {
    by: "haruka",
    hoursAfter: 1,
    body: "Not a build, but the autoclave: 38 minutes. I'm at volume three of something with four generations and one cat. ||The cat outlives the second generation. I had to go and count syringes.||",
    reactions: 2,
  },
  {
    by: "iris",
    hoursAfter: 3,
    body: "Tammsaare, since the spring. At my build times I will finish *Truth and Justice* in 2041.",
    reactions: 1,
  },
];
