import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "omar",
    hoursAfter: 1,
    body: "جدّتي كانت تقول «قوموا يا جماعة» وهي تصبّ الشاي من جديد. قرأتُ النصّ مرتين، وسمعتُ صوتها في المرة الثانية.",
    reactions: 4,
    replies: [
      {
        by: "yusra",
        hoursAfter: 1.6,
        body: "إذن وصلت الجملة. شكرًا يا عمر.",
        reactions: 3,
      },
    ],
  },
  {
    by: "dalia",
    hoursAfter: 4,
    body: "I read it slowly, with a dictionary and with my neighbour, who is from Nazareth. He'd like you to know that in his house it was the *uncle* who was the sayyid of it, and that it never ended before two.",
    reactions: 2,
    replies: [
      {
        by: "yusra",
        hoursAfter: 5,
        body: "Tell him that in mine the uncle was asleep by ten and claimed the next morning to have been there.",
        reactions: 1,
      },
    ],
  },
];
