import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "teodora",
    hoursAfter: 0.5,
    body: "The oven fan is a G. Everything I hum is in G.",
    reactions: 2,
    replies: [
      {
        by: "tomasz",
        hoursAfter: 0.9,
        body: "196 Hz or thereabouts? Then I could tell you by telephone when the bearing goes.",
        reactions: 3,
        replies: [
          {
            by: "teodora",
            hoursAfter: 1,
            body: "It went flat in the spring and I thought that it was me.",
            reactions: 5,
          },
        ],
      },
    ],
  },
  {
    by: "desmond",
    hoursAfter: 2,
    body: "The 47 idles on a B flat. There was a time I could do the second movement of the Sibelius over it, but the new ones are electric, and they whine a third that's not a third.",
    reactions: 4,
  },
  {
    by: "nils",
    hoursAfter: 3,
    body: "I hum when the tests run and stop the moment that one fails. I didn't know. My desk neighbour told me that she goes by it.",
  },
  {
    by: "agnes_v",
    hoursAfter: 6,
    body: "One didn't hum at the instrument. The staff man did, far away, and you could see it in the telescope without hearing it. His moustache.",
    reactions: 2,
  },
  {
    by: "kwame",
    hoursAfter: 10,
    body: "Highlife bass line. It has no melody, it's all *going to* be a melody.",
    reactions: 1,
  },
  {
    by: "bram",
    hoursAfter: 16,
    body: "When paring leather, nothing, I hold my breath. When sewing, the same four bars since 1994. I don't know what they're from. If I ever find out I may have to stop.",
    reactions: 2,
    replies: [
      {
        by: "dalia",
        hoursAfter: 17,
        body: "Do not find out.",
        reactions: 3,
      },
    ],
  },
];
