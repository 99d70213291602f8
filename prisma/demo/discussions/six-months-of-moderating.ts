import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "iris",
    hoursAfter: 0.5,
    body: "For the record: he's never once asked me to take his side, and about a third of the time I'd not have known which it was. Thank you.",
    reactions: 6,
  },
  {
    by: "finn",
    hoursAfter: 1,
    body: "I accept the apology for the closed thread and for what it's worth the comment was going to say \"all right, Lucía, but who mows it\". I've since found out that she'd thought of that as well.",
    reactions: 7,
  },
  {
    by: "yusra",
    hoursAfter: 2,
    body: "About the newcomer. Could we not write to her? I don't mean as a moderator. If someone gives me a name I'll write, in any of three languages.",
    was: "About the newcomer. Could somebody not write to her? If someone gives me a name I'll write, in any of two languages.",
    reactions: 5,
    replies: [
      {
        by: "omar",
        hoursAfter: 3,
        body: "I did write, twice. But not in a language she could be quick in. I'll ask her whether I may pass it on to you.",
        reactions: 3,
        replies: [
          {
            by: "omar",
            hoursAfter: 700,
            body: "A month on, a note under an old thread: she's back. I won't say who. Be slow.",
            reactions: 11,
          },
        ],
      },
    ],
  },
  {
    by: "kwame",
    hoursAfter: 4,
    body: "Reading the thread from the bottom and asking who was last answered: this could be a query.\n\n```sql\nselect author_id, count(*) as spoke\nfrom comments c\nwhere thread_id = $1\n  and not exists (\n    select 1 from comments r\n    where r.parent_id = c.id and r.author_id <> c.author_id\n  )\ngroup by author_id\nhaving count(*) >= 3;\n```",
    reactions: 3,
    replies: [
      {
        by: "omar",
        hoursAfter: 5,
        body: "It could. But then the query would have noticed, and I'd like it to be me.",
        reactions: 8,
        replies: [
          {
            by: "kwame",
            hoursAfter: 5.2,
            body: "Fair. I'll keep it for the on-call channel.",
            reactions: 4,
          },
        ],
      },
    ],
  },
  {
    by: "dalia",
    hoursAfter: 9,
    body: "Six reports about yourself and you've got a score of three all. Frame it.",
    reactions: 2,
  },
];
