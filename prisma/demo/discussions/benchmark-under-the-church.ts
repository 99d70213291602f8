import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "linwei",
    hoursAfter: 1,
    body: 'We have a drawer of sheets whose heights are from Keelung, and one sheet on which someone has written in pencil "which sea?" I believe I know now what sort of afternoon that was.',
    reactions: 2,
  },
  {
    by: "finn",
    hoursAfter: 3,
    body: "Ours is Malin Head since 1970, and before that a different one at Poolbeg in Dublin, over two and a half metres lower. The same hill has got shorter in my father's lifetime. He took it personally.",
    reactions: 3,
    replies: [
      {
        by: "agnes_v",
        hoursAfter: 4,
        body: "He is entitled to. I always recommend planting something next to it.",
        reactions: 2,
      },
    ],
  },
  {
    by: "teodora",
    hoursAfter: 7,
    body: "The housekeeper should have been put in charge of the datum.",
    reactions: 4,
  },
];
