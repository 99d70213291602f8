import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "bram",
    hoursAfter: 1,
    body: "Same three headings, word for word, and I'd never had them. With books the cigarette is always wine.",
    reactions: 5,
  },
  {
    by: "joaquim",
    hoursAfter: 3,
    body: "I've been asked so many times to take out the scratch on a glass negative. It's usually the scratch that tells you who carried it.",
    reactions: 3,
  },
  {
    by: "agnes_v",
    hoursAfter: 10,
    body: "Leave it. So that's where he was. I've read this to the end three times now.",
    reactions: 4,
  },
];
