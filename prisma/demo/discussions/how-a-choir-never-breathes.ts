import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "tomasz",
    hoursAfter: 1,
    body: '"So it\'s a rota." I laughed out loud, and the cat left.',
    reactions: 2,
  },
  {
    by: "kwame",
    hoursAfter: 3,
    body: 'It *is* a rota. We were up all night, four of us, and somebody was always about to drop, and no customer heard a door slam. I\'ve added "breathe before you need to" to the runbook, section 1.',
    reactions: 5,
  },
];
