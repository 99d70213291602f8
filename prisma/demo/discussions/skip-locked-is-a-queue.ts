import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "pavel",
    hoursAfter: 1,
    body: "`order by run_at limit 1 for update skip locked` isn't strictly in order, then. If job 1 is locked, the worker takes 2; and if job 1 then fails, it'll be done after 2.",
    reactions: 2,
    replies: [
      {
        by: "kwame",
        hoursAfter: 1.5,
        body: "Correct. It's a queue as in a bakery and not as in a passport office. If you do need strict order per account, have one row per account to lock and take the account, then its oldest job.",
        reactions: 3,
      },
    ],
  },
  {
    by: "mina",
    hoursAfter: 3,
    body: "How do the workers find out there's something to do? Do they poll?",
    replies: [
      {
        by: "kwame",
        hoursAfter: 3.5,
        body: "Poll every two seconds, plus `listen`/`notify` as a doorbell. The doorbell is allowed to be broken. The poll isn't.",
        reactions: 2,
      },
    ],
  },
  {
    by: "iris",
    hoursAfter: 8,
    body: "We've one of these for mail. It has 11 jobs a day in it, and I am as proud as if it had two million.",
    reactions: 1,
  },
];
