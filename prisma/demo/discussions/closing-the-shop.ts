import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "tomasz",
    hoursAfter: 0.5,
    body: 'Mine wrote on the inside of a back plate: "Too thick. He will find out." I was thirty before I opened it and found it. I\'m sorry for your loss, Bram.',
    reactions: 6,
  },
  {
    by: "ottilie",
    hoursAfter: 1,
    body: 'Ich habe gestern im Setzkasten nachgesehen, ob irgendwo etwas über mich steht. Noch nicht. I hope that I get "keep".',
    reactions: 4,
    replies: [
      {
        by: "bram",
        hoursAfter: 2,
        body: "You'll have it already, somewhere where you aren't looking. They can't say it out loud, it would spoil the surface.",
        reactions: 3,
      },
    ],
  },
  {
    by: "priyanka",
    hoursAfter: 3,
    body: '"Put it down on the bench and said the name of the next job." I read that at the end of a bad shift and did exactly that. Thank you for writing it so soon. It must have cost something.',
    reactions: 5,
  },
  {
    by: "omar",
    hoursAfter: 5,
    body: "May his folders find the right hands. Or no hands. I think that I'd keep them in the drawer.",
    reactions: 3,
    replies: [
      {
        by: "bram",
        hoursAfter: 20,
        body: "I have kept them in the drawer. I oil them. There's no sense in it.",
        reactions: 7,
      },
    ],
  },
  {
    by: "joaquim",
    hoursAfter: 30,
    body: "If you'd like them photographed I'll come. All forty, side by side, from above, raking light, so that one sees the hollows. No one smiling.",
    reactions: 2,
  },
];
