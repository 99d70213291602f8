import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "iris",
    hoursAfter: 0.3,
    body: "\"Seed that is never sown is a belief.\" I'm the person who restores this place on a laptop on the first Saturday of the month, and I've just changed the reminder to say *sow*.",
    reactions: 3,
  },
  {
    by: "kwame",
    hoursAfter: 0.6,
    body: "One more question for your three: pick a row that was *deleted* yesterday on purpose and check that it is still in the dump from before and gone from the one after. Twice in my life I've met a backup that was a very good copy of an empty directory.",
    reactions: 4,
    replies: [
      {
        by: "mina",
        hoursAfter: 0.9,
        body: 'Question four it is. Birthe calls that "the jar with the right label".',
        reactions: 1,
      },
    ],
  },
  {
    by: "finn",
    hoursAfter: 1.4,
    body: "Parsnip one year is generous.",
    reactions: 2,
  },
  {
    by: "nils",
    hoursAfter: 2,
    body: "Why `-XAt`?",
    replies: [
      {
        by: "mina",
        hoursAfter: 2.2,
        body: "`-X` ignores whatever is in my psqlrc (colours, timing, a picture of a bean), `-A` unaligned, `-t` only the tuples. So you get a bare number and `test` doesn't choke on a table border.",
        reactions: 2,
      },
    ],
  },
];
