import type { Discussion } from "../discussion.ts";

export const discussion: Discussion = [
  {
    by: "teodora",
    hoursAfter: 0.4,
    body: "Dough that has had enough kneading feels like the lobe of your own ear. Everyone says this. What nobody says is that the ear has to be *cold*. I have stood in doorways in January with one hand on the bowl and one on my head.",
    reactions: 9,
    replies: [
      {
        by: "dalia",
        hoursAfter: 1.1,
        body: "I use the earlobe too! For a muscle that has let go. A calf that's really resting feels like an earlobe and a calf that is only being polite feels like the tip of a nose.",
        reactions: 3,
        replies: [
          {
            by: "teodora",
            hoursAfter: 1.5,
            body: '"Only being polite." I know that dough.',
            reactions: 2,
          },
          {
            by: "tomasz",
            hoursAfter: 2,
            body: "So between you the whole body can be read off one ear.",
            reactions: 1,
            replies: [
              {
                by: "dalia",
                hoursAfter: 2.3,
                body: "Forehead: something is holding. Nose: something is waiting. Earlobe: go home.",
                reactions: 4,
                replies: [
                  {
                    by: "priyanka",
                    hoursAfter: 5,
                    body: "This is going on a laminated card and I will not be asking permission.",
                    reactions: 3,
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
  {
    by: "bram",
    hoursAfter: 0.9,
    body: 'Paper has a grain, like wood. To find it you may bend a sheet both ways, or wet a corner, or run it between two fingernails. But after some years you pick up a sheet and the hand says "this way". I tested myself blind with forty sheets. Thirty-nine. The one I got wrong was handmade and has no grain, and I had felt that something was rude about it.',
    reactions: 7,
    replies: [
      {
        by: "ottilie",
        hoursAfter: 3,
        body: "Fünfhundert Bogen am Tag, und meine Hand sagt noch gar nichts. How many years?",
        replies: [
          {
            by: "bram",
            hoursAfter: 3.4,
            body: "I can't say. One day the hand had an opinion and I noticed that it had had it for some time.",
            reactions: 2,
          },
        ],
      },
      {
        by: "linwei",
        hoursAfter: 7,
        body: "Old maps on linen: you can feel where it has been folded and *how often*, even when it's been pressed flat for a century. The fold between the harbour and the customs house is always softest.",
        reactions: 1,
      },
    ],
  },
  {
    by: "priyanka",
    hoursAfter: 2,
    body: "A vein. Not the one you can see, the one you can't. You shut your eyes (the patient doesn't love this) and press and let go, and there's a thing that comes back. It's less a bounce than an answer. Blood pressure low: it answers late. Frightened: it hides. I teach it by putting the student's finger under mine, and after some weeks I take mine away without telling them.",
    reactions: 12,
    replies: [
      {
        by: "mina",
        hoursAfter: 3,
        body: '"Without telling them" is how I learned to ride a bicycle.',
        reactions: 2,
      },
      {
        by: "tomasz",
        hoursAfter: 4,
        body: "This is the closest to what I meant. *It answers late.* I told Zuzia (my apprentice) and she went and pressed the glue again.",
        reactions: 3,
        replies: [
          {
            by: "teodora",
            hoursAfter: 4.5,
            body: "And?",
            replies: [
              {
                by: "tomasz",
                hoursAfter: 26,
                body: "She says that it's like someone about to agree with you.",
                reactions: 8,
                replies: [
                  {
                    by: "priyanka",
                    hoursAfter: 27,
                    body: "Then she has it.",
                    reactions: 4,
                  },
                ],
              },
            ],
          },
        ],
      },
    ],
  },
  {
    by: "haruka",
    hoursAfter: 6,
    body: "点滴の袋。残りが何 ml か、持つとわかります。By the weight of the drip bag I know how much is left, within 20 ml. I can't do it with milk.",
    reactions: 3,
    replies: [
      {
        by: "kwame",
        hoursAfter: 8,
        body: "\"I can't do it with milk\" is the best description of expertise I've read this year.",
        reactions: 6,
      },
    ],
  },
  {
    by: "kwame",
    hoursAfter: 8.2,
    body: "I feel foolish, with all these hands. But: I know from the *sound of the fan* when the build will fail. It's a kind of touch. My palms are on the laptop.",
    reactions: 2,
    replies: [
      {
        by: "nils",
        hoursAfter: 9,
        body: "Mine gets warm on the left for layout and on the right for type checking. I have told no one until today.",
        reactions: 1,
        replies: [
          {
            by: "pavel",
            hoursAfter: 10,
            body: "The left is the charging circuit.",
            reactions: 3,
            replies: [
              {
                by: "nils",
                hoursAfter: 10.2,
                body: "Let me have this, Pavel.",
                reactions: 5,
              },
            ],
          },
        ],
      },
    ],
  },
  {
    by: "desmond",
    hoursAfter: 9,
    body: "Black ice. You don't feel it in the wheel like they tell you. The wheel goes *quiet*. You feel it in the seat of your trousers, that the bus has stopped discussing things with you.",
    reactions: 8,
    replies: [
      {
        by: "grace-w",
        hoursAfter: 11,
        body: "We have sensors for this at 40,000 shillings a piece and I'd take the trousers.",
        reactions: 1,
      },
      {
        by: "finn",
        hoursAfter: 12,
        body: "Same on the quad. The moment the machine stops arguing, get off.",
        reactions: 4,
      },
    ],
  },
  {
    by: "agnes_v",
    hoursAfter: 13,
    body: "A bubble. In my last ten years I could set the tripod so that the bubble was nearly in the circle before I looked at it. Through the soles of the feet, I think. One leg of the tripod is always lying and you can hear it in your knee.",
    reactions: 7,
    replies: [
      {
        by: "elspeth",
        hoursAfter: 14,
        body: "I level the telescope by whether I want to lean on it.",
        reactions: 2,
      },
    ],
  },
  {
    by: "finn",
    hoursAfter: 15,
    body: "Put your hand on a ewe's back along the spine and press. There is a number for it in the book, one to five, for how fat she is. I've never met a farmer who thinks in numbers. My neighbour's scale is: *table, fist, loaf, sofa.* You want loaf.",
    reactions: 5,
    replies: [
      {
        by: "teodora",
        hoursAfter: 15.5,
        body: "Everything good is loaf.",
        reactions: 3,
      },
      {
        by: "priyanka",
        hoursAfter: 17,
        body: "We have a scale like that for pressure areas and I'm going to start saying loaf in my head. I know I am.",
      },
    ],
  },
  {
    by: "marcus-b",
    hoursAfter: 20,
    body: "I've got nothing. I type. Is that sad? I've honestly been thinking about it all day and there's nothing I know by hand.",
    reactions: 2,
    replies: [
      {
        by: "omar",
        hoursAfter: 21,
        body: "You told us you listen to your grandmother look at the door. It's the same thing, only further from the fingers.",
        reactions: 6,
        replies: [
          {
            by: "marcus-b",
            hoursAfter: 22,
            body: "Thank you, @omar.",
            reactions: 2,
          },
        ],
      },
      {
        by: "bram",
        hoursAfter: 23,
        body: "Come to Ghent for a week in summer. You will leave with paste in your hair and one thing.",
        reactions: 3,
      },
    ],
  },
  {
    by: "joaquim",
    hoursAfter: 24,
    body: "Wet paper in the tray in the dark. When the coating has gone, the surface changes from fish to cloth.",
    reactions: 2,
  },
  {
    by: "yusra",
    hoursAfter: 29,
    body: "I'd like to put in a word for the lips. When I translate dialogue I say it without voice, and there's a place in a bad sentence where the mouth doesn't know what to do next. I've no idea what the rule is. The mouth knows it.",
    reactions: 4,
    replies: [
      {
        by: "dalia",
        hoursAfter: 30,
        body: 'Singers call it "where the vowel falls off the shelf".',
        reactions: 1,
      },
    ],
  },
  {
    by: "pavel",
    hoursAfter: 34,
    body: "I'm sceptical, with respect. Most of these are measurements with an unlabelled scale. @bram's paper is stiffness, @priyanka's vein is compliance, @finn's ewe is a depth in millimetres. A gauge could do it.",
    replies: [
      {
        by: "tomasz",
        hoursAfter: 35,
        body: "Yes, of course. And somebody would have to tell the gauge where to press, and when to stop believing it.",
        reactions: 7,
        replies: [
          {
            by: "pavel",
            hoursAfter: 36,
            body: "…I withdrew three sentences before posting this one. Mushrooms. I can tell a *Boletus* that has worms in it, by picking it up. I don't know how.",
            reactions: 4,
          },
        ],
      },
    ],
  },
  {
    by: "mina",
    hoursAfter: 40,
    body: "Soil: squeeze a handful, open the hand, poke it. If it falls apart in two or three pieces, sow. If in many, water. If it keeps the print of your fingers, go home and write tests.",
    reactions: 5,
  },
  {
    by: "omar",
    hoursAfter: 60,
    body: "Somebody at the desk handed back a novel yesterday and I knew from the way she let go of it that she hadn't finished it and was sorry. I can't defend this.",
    reactions: 4,
  },
];
