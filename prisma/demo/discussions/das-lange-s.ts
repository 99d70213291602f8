import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "bram",
    hoursAfter: 1.5,
    body: "In Ghent I was taught: long everywhere, except at the end. But that's French and Dutch books, we had no grammar in our s. Yours is a much stricter animal.",
    reactions: 1,
    replies: [
      {
        by: "ottilie",
        hoursAfter: 2,
        body: "Genau, in der Antiqua war man früher lockerer. Streng ist es erst im deutschen Fraktursatz geworden.",
        reactions: 1,
      },
    ],
  },
  {
    by: "linwei",
    hoursAfter: 5,
    body: 'Students of English maps ask me why so many places are in "Suffex".',
    reactions: 2,
    replies: [
      {
        by: "marcus-b",
        hoursAfter: 6,
        body: "I spent my entire first term in the archive thinking that everyone had a lisp.",
        reactions: 3,
      },
    ],
  },
  {
    by: "yusra",
    hoursAfter: 9,
    body: "In Arabic nearly every letter has a form for the end of the word and another for the middle. I read this and thought: they had the beginnings of a proper alphabet and they let it go.",
  },
];
