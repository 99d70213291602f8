import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "grace-w",
    hoursAfter: 1,
    body: 'The one-in-seven-free target is the part that gets lost in every council I\'ve seen. They hear "price" and set it like a tax and then all of the street is empty, and the shops scream, correctly. You tune it until you can just always find a space. Then even drivers like it, though not aloud.',
    reactions: 5,
    replies: [
      {
        by: "lucia-p",
        hoursAfter: 1.4,
        body: 'Yes. I have it in the paper as "the price is a thermostat and not a fine". It was deleted by someone upstairs, as too poetic.',
        reactions: 2,
      },
    ],
  },
  {
    by: "finn",
    hoursAfter: 3,
    body: "Here's the other side of the table. My mother is 79. The cardiologist is in Castlebar, 70 km. There's one bus, it goes at 7:15 and comes back at 6. So I drive her. On the day we go in there's nobody giving me a mark for how few square metres I took up. She can't walk from the ring road. All your lovely chairs are in the place where the door was.",
    reactions: 6,
    replies: [
      {
        by: "lucia-p",
        hoursAfter: 4,
        body: "Finn, your mother is in the second paragraph, on purpose. Under my proposal there's a space with her name on it (loading, nurses, people with a card: a quarter of the street). At the moment there is a Fiat in it.",
        reactions: 3,
        replies: [
          {
            by: "finn",
            hoursAfter: 5,
            body: "There's always a space in the *proposal*. I've been hearing about the quarter with a card for twenty years. What happens is that they take the half they were going to take and the quarter comes \"in phase two\".",
            reactions: 3,
            replies: [
              {
                by: "marcus-b",
                hoursAfter: 5.6,
                body: "With respect though, you've chosen to live 70 km from a cardiologist. The city pays for that road too.",
                replies: [
                  {
                    by: "finn",
                    hoursAfter: 5.9,
                    body: "Chosen. I was born here. My people were here before there was a Castlebar to be far from. If you think food and wool come out of the wall in the shop then say so.",
                    reactions: 1,
                  },
                  {
                    by: "desmond",
                    hoursAfter: 6.2,
                    body: "Marcus, son. Easy.",
                    reactions: 2,
                  },
                ],
              },
            ],
          },
        ],
      },
      {
        by: "marcus-b",
        hoursAfter: 7,
        body: "I'm only saying that people who drive in act like the town is a car park with some buildings in the way, and people who live there breathe it. My cousin has asthma. Nobody ever asks HER what's convenient.",
        replies: [
          {
            by: "finn",
            hoursAfter: 7.4,
            body: "Nobody said a word against your cousin. You're arguing with someone who's not here.",
            replies: [
              {
                by: "marcus-b",
                hoursAfter: 7.6,
                body: "Typical.",
              },
            ],
          },
        ],
      },
    ],
  },
  {
    by: "omar",
    hoursAfter: 8,
    body: "I'd like to stop here for a minute, as the moderator, and I'm not removing anything.\n\nFinn, you're talking about your mother. Marcus, you are talking about your cousin. So far each of you has told the other one that his person is an excuse. I don't believe that either of you thinks so.\n\nA suggestion: leave it till tomorrow evening. Then, if you want to, each say what would have to be true of a street so that *the other one's* person was all right on it. I'll unlock nothing and lock nothing. I'm just asking.",
    reactions: 14,
    replies: [
      {
        by: "finn",
        hoursAfter: 8.3,
        body: "Fair enough. Sheep to see to anyway.",
        reactions: 3,
      },
      {
        by: "marcus-b",
        hoursAfter: 9,
        body: "ok. Sorry. I was on the bus and I type too fast on the bus.",
        reactions: 3,
      },
    ],
  },
  {
    by: "marcus-b",
    hoursAfter: 31,
    body: "Evening. So. For Finn's mother: a space she can book, the day before, by telephone (not an app), thirty metres from the door, and someone with the authority to move the Fiat. And it has to be there BEFORE anything else is taken away. I asked my aunt who drives people to dialysis and she said the booking is everything, because what wears you out is not knowing.",
    reactions: 9,
    replies: [
      {
        by: "finn",
        hoursAfter: 33,
        body: "That's better than anything I'd have come up with. And for the cousin: the engine off while you wait, and I'll hold my hand up there. I leave it running for the heat. I'd never thought about who was on the pavement. I'll get her a blanket.",
        reactions: 11,
        replies: [
          {
            by: "lucia-p",
            hoursAfter: 34,
            body: "I'm putting both of these into the paper: \"bookable by telephone, in place before works begin\". I'd rather have had this thread than the consultants. Thank you both.",
            reactions: 7,
          },
          {
            by: "omar",
            hoursAfter: 35,
            body: "And I'd like it noted that nobody was locked.",
            reactions: 5,
          },
        ],
      },
    ],
  },
  {
    by: "kwame",
    hoursAfter: 36,
    body: "May I ask about the Fiat? Is it still there?",
    reactions: 2,
    replies: [
      {
        by: "lucia-p",
        hoursAfter: 38,
        body: "It has a pigeon now.",
        reactions: 8,
      },
    ],
  },
];
