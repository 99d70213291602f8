export interface CastMember {
  username: string;
  name: string;
  email: string;
  role: "member" | "moderator" | "admin";
  bio: string;
  website?: string;
  joinedDaysAgo: number;
  avatar: "generated" | "notionists" | "lorelei" | "open-peeps";
  /** usernames of those of whom they see nothing */
  mutes?: string[];
  banned?: {
    reason: string;
    durationDays: number | null;
    daysAgo: number;
    /** what they say against it; nobody has answered yet */
    appeal: string;
  };
}

export const demoPassword = "walk-read-talk-2026";

export const cast: CastMember[] = [
  {
    username: "iris",
    name: "Iris Kallas",
    email: "iris@demo.example",
    role: "admin",
    bio: "I keep the lights on here. System administrator in Tartu, long-distance walker, slow reader of long novels.",
    website: "https://iris.example.org",
    joinedDaysAgo: 300,
    avatar: "notionists",
  },
  {
    username: "omar",
    name: "Omar Haddad",
    email: "omar@demo.example",
    role: "moderator",
    bio: "Branch librarian in Rotterdam. Moderator here, which is the same job with fewer umbrellas left behind.",
    joinedDaysAgo: 298,
    avatar: "open-peeps",
  },
  {
    username: "mina",
    name: "Mina Sørensen",
    email: "mina@demo.example",
    role: "member",
    bio: "Engineer on weekdays, plot 31 on weekends. Aarhus. Too many beans, not enough tests.",
    website: "https://plot31.example.net",
    joinedDaysAgo: 296,
    avatar: "lorelei",
    mutes: ["rufus"],
  },
  {
    username: "rufus",
    name: "Rufus Pell",
    email: "rufus@demo.example",
    role: "member",
    bio: "Deals. Opinions. DM me.",
    joinedDaysAgo: 31,
    avatar: "generated",
    banned: {
      reason:
        "Posted the same discount-watch advert four times after two warnings, then called three members names when they flagged it. Welcome back in a month if it is to talk.",
      durationDays: 30,
      daysAgo: 6,
      appeal:
        "Four times is not true, it was three, and the third was an answer to somebody who had asked where I bought mine. I should not have called anybody names, and I have written to two of them. Thirty days is a lot for that.",
    },
  },
  {
    username: "teodora",
    name: "Teodora Vasić",
    email: "teodora@demo.example",
    role: "member",
    bio: "Pastry cook in Novi Sad. Up at 2:40, asleep by nine. The starter is called Slavko and he is older than my marriage.",
    website: "https://teodora-bakes.example.com",
    joinedDaysAgo: 290,
    avatar: "lorelei",
  },
  {
    username: "desmond",
    name: "Desmond Akande",
    email: "desmond@demo.example",
    role: "member",
    bio: "Night-bus driver, Glasgow. Nineteen years on the back of the clock. I write down what I overhear, names taken off.",
    joinedDaysAgo: 281,
    avatar: "open-peeps",
  },
  {
    username: "yusra",
    name: "يسرى المنصوري",
    email: "yusra@demo.example",
    role: "member",
    bio: "Literary translator in Tunis, between Arabic, French and English. مترجمة. I charge by the comma, in spirit.",
    website: "https://yusra.example.org",
    joinedDaysAgo: 277,
    avatar: "lorelei",
  },
  {
    username: "haruka",
    name: "森田 遥",
    email: "haruka@demo.example",
    role: "member",
    bio: "松本の夜勤看護師。星と Python と味噌汁。Night nurse in Matsumoto; stars on the walk home.",
    joinedDaysAgo: 262,
    avatar: "notionists",
  },
  {
    username: "agnes_v",
    name: "Ágnes Vörös",
    email: "agnes_v@demo.example",
    role: "member",
    bio: "Retired land surveyor, Pécs. Forty-one years of carrying a tripod uphill. I still cannot pass a benchmark without touching it.",
    joinedDaysAgo: 271,
    avatar: "lorelei",
  },
  {
    username: "bram",
    name: "Bram Wouters",
    email: "bram@demo.example",
    role: "member",
    bio: "Bookbinder in Ghent. Repairs, boxes, the occasional miracle. Paste on every jumper I own.",
    website: "https://wouters-binding.example.com",
    joinedDaysAgo: 285,
    avatar: "notionists",
  },
  {
    username: "lucia-p",
    name: "Lucía Paredes",
    email: "lucia-p@demo.example",
    role: "member",
    bio: "Urban planner in Rosario. I count people in squares and argue for shade.",
    joinedDaysAgo: 268,
    avatar: "lorelei",
  },
  {
    username: "kwame",
    name: "Kwame Ofori-Mensah",
    email: "kwame@demo.example",
    role: "member",
    bio: "Backend engineer, Accra. Postgres, payments, highlife records. I read query plans for pleasure.",
    website: "https://kwame.example.net",
    joinedDaysAgo: 275,
    avatar: "open-peeps",
  },
  {
    username: "priyanka",
    name: "Priyanka Rao",
    email: "priyanka@demo.example",
    role: "member",
    bio: "Ward nurse in Mysuru, surgical. Carnatic violin, badly. Collects good checklists.",
    joinedDaysAgo: 240,
    avatar: "lorelei",
  },
  {
    username: "tomasz",
    name: "Tomasz Wilk",
    email: "tomasz@demo.example",
    role: "member",
    bio: "Luthier in Kraków. Violins and violas, some guilt about spruce. The workshop cat is in charge.",
    website: "https://wilk-strings.example.com",
    joinedDaysAgo: 255,
    avatar: "lorelei",
  },
  {
    username: "elspeth",
    name: "Elspeth Muir",
    email: "elspeth@demo.example",
    role: "member",
    bio: "Ran the post office on Coll for thirty years. Now I run a telescope. No street lights within six miles.",
    joinedDaysAgo: 259,
    avatar: "notionists",
  },
  {
    username: "joaquim",
    name: "Joaquim Teles",
    email: "joaquim@demo.example",
    role: "member",
    bio: "Photographer in Porto. Cyanotypes, one lens, bad knees. I like pictures nobody is smiling in.",
    website: "https://joaquim.example.org",
    joinedDaysAgo: 233,
    avatar: "lorelei",
  },
  {
    username: "nils",
    name: "Nils Aho",
    email: "nils@demo.example",
    role: "member",
    bio: "Front-end developer in Oulu. CSS is a craft and I will fight you, gently.",
    joinedDaysAgo: 248,
    avatar: "open-peeps",
  },
  {
    username: "linwei",
    name: "林薇",
    email: "linwei@demo.example",
    role: "member",
    bio: "Map librarian in Tainan. 地圖館員。Old rivers, wrong coastlines, the smell of folded linen.",
    website: "https://linwei.example.org",
    joinedDaysAgo: 226,
    avatar: "lorelei",
  },
  {
    username: "dalia",
    name: "דליה אלון",
    email: "dalia@demo.example",
    role: "member",
    bio: "Physiotherapist by day, second alto by night. Haifa. Everything is a breathing problem.",
    joinedDaysAgo: 219,
    avatar: "notionists",
  },
  {
    username: "marcus-b",
    name: "Marcus Bell",
    email: "marcus-b@demo.example",
    role: "member",
    bio: "History student, Kingston. Recording my grandmother before she gets bored of me.",
    joinedDaysAgo: 190,
    avatar: "open-peeps",
  },
  {
    username: "ottilie",
    name: "Ottilie Kern",
    email: "ottilie@demo.example",
    role: "member",
    bio: "Lernt Schriftsatz in Leipzig. Apprentice typesetter, owner of one (1) Korrex proof press.",
    joinedDaysAgo: 204,
    avatar: "generated",
  },
  {
    username: "finn",
    name: "Finn Ó Dubhda",
    email: "finn@demo.example",
    role: "member",
    bio: "Sheep, rain and a weather notebook in north Mayo. Nearest bus stop: eleven kilometres.",
    joinedDaysAgo: 244,
    avatar: "generated",
  },
  {
    username: "pavel",
    name: "Pavel Hrubý",
    email: "pavel@demo.example",
    role: "member",
    bio: "Systems programmer in Brno. Rust, railways, mushrooms. Prefers the long explanation.",
    joinedDaysAgo: 252,
    avatar: "notionists",
  },
  {
    username: "grace-w",
    name: "Grace Wanjiru",
    email: "grace-w@demo.example",
    role: "member",
    bio: "Bus scheduler turned transport analyst, Nairobi. A timetable is a promise; I measure how it is kept.",
    website: "https://gracew.example.net",
    joinedDaysAgo: 212,
    avatar: "lorelei",
  },
];
