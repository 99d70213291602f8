import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "yusra",
    hoursAfter: 0.8,
    body: "For the novel I kept two columns. Left, what they say. Right, what they would have said if nobody had been in the room. You only translate the left; but you have to have written the right.",
    reactions: 5,
  },
  {
    by: "priyanka",
    hoursAfter: 1.5,
    body: 'We chart it as behaviour and not as meaning: "looked at door ×3 while speaking of son". Then whoever reads it can work it out for themselves, and so can you in ten years, when you may think differently.',
    reactions: 3,
    replies: [
      {
        by: "marcus-b",
        hoursAfter: 2,
        body: '"×3". That\'s it, that\'s what was missing. I\'ve been writing "nervously".',
        reactions: 3,
      },
    ],
  },
  {
    by: "omar",
    hoursAfter: 3,
    body: "Oral historians I know write the seconds. (4 s) says more than (pause). And keep the tape, whatever anyone says about space.",
    reactions: 2,
  },
  {
    by: "desmond",
    hoursAfter: 5,
    body: 'I write it down as it comes and then under it I write what the *bus* was doing. "Said at the long straight." "Said as we were stopping." It turns out that folk time it.',
    reactions: 4,
  },
  {
    by: "dalia",
    hoursAfter: 8,
    body: "Mark the breaths. People take a breath of the size of what they were going to say. If it's a big breath and a small sentence, there's your door.",
    reactions: 2,
    replies: [
      {
        by: "marcus-b",
        hoursAfter: 49,
        body: "Listened again to all of last Sunday, marking breaths. There's an enormous one, and then she says, \"anyway, the rice.\" I'm going to ask her about the rice.",
        reactions: 9,
      },
    ],
  },
  {
    by: "haruka",
    hoursAfter: 12,
    body: "Please also write what you did. If I look at the clock, the patient becomes short.",
    reactions: 1,
  },
];
