import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "linwei",
    hoursAfter: 1,
    body: "A legend which is longer than the map is the mark of a serious cartographer. I'd like to accession this. What is the edition? There'll have to be a date, she may move corner.",
    reactions: 5,
    replies: [
      {
        by: "desmond",
        hoursAfter: 2,
        body: "First edition, drawn on the back of a defect card, coloured in with my granddaughter's felt tips. The fox is current as of Tuesday.",
        reactions: 3,
      },
    ],
  },
  {
    by: "haruka",
    hoursAfter: 3,
    body: "Night people know each other's maps. Ours has: vending machine that gives two, taxi driver who reads poetry, window with the piano.",
    reactions: 2,
  },
  {
    by: "grace-w",
    hoursAfter: 5,
    body: '"Stop where nobody gets on. Timetabled since 1988." Every analyst in the world would take it out, it costs you forty seconds. I would leave it in for the shoe.',
    reactions: 4,
  },
  {
    by: "teodora",
    hoursAfter: 7,
    body: "No argument between the bakery and the bridge. Same here, between the bakery and the tram. I've always wondered if it was us.",
    reactions: 2,
  },
];
