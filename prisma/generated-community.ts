import { randomUUID } from "node:crypto";

export interface GeneratedUser {
  id: string;
  username: string;
  name: string;
  email: string;
  bio: string;
  createdAt: Date;
}

export interface GeneratedPost {
  authorId: string;
  title: string;
  body: string;
  bodyHtml: string;
  tags: string[];
  publishedAt: Date;
}

const firstNames =
  "Ana Bela Ciro Dara Emil Fenna Goran Hana Ilir Juno Kaito Lena Milo Nadia Oren Petra Quim Rosa Sami Tilda Ugo Vera Wim Xenia Yara Zeno".split(
    " ",
  );
const lastNames =
  "Abend Brandt Castell Dorn Eklund Farkas Gallo Hara Ivers Jansen Kovar Lund Marek Novak Okafor Prinz Quist Reyes Sato Tamm Ulrich Varga Weiss Young Zeman".split(
    " ",
  );
const subjects = [
  "the night bus",
  "a rented garden",
  "sourdough",
  "an old index",
  "the harbour map",
  "our reading group",
  "a slow query",
  "the violin's bridge",
  "hand-set type",
  "the weather book",
  "a paper archive",
  "the tram depot",
];
const verbs = [
  "What I learned from",
  "Notes on",
  "Against",
  "In praise of",
  "A year with",
  "Mending",
  "Measuring",
  "The trouble with",
  "How we gave up",
  "Ten small facts about",
];
const sentences = [
  "It took three evenings to see that the drawing was right and the measurements were not.",
  "The first rule is to leave a trace that somebody else can follow.",
  "Nobody had touched it since spring, which turned out to be the reason that it worked.",
  "I kept a list of every mistake and read it again in winter.",
  "We counted twice, once from each end, and the two numbers never met.",
  "The old manual says one thing and the people who use it say another.",
  "What looks like a detail is where most of the hours go.",
  "There is a quiet pleasure in doing the same thing better than last year.",
  "A good map leaves out more than it shows.",
  "If you try it, begin with the smallest one and throw it away.",
];
/** Syllables of words that nobody uses, for what is searched: the first ones stand in many posts, the last in one. */
const syllables = "ba ke li mo nu ra se ti vo zu".split(" ");
const vocabulary = 10_000;
const tags =
  "software postgres gardening cooking bread books cities maps transport music astronomy history photography craft walking work".split(
    " ",
  );

/** People and posts by the thousand: the same for the same mark, plausible at a glance and plainly generated. */
export function createCommunity(mark: string) {
  const random = createRandom(mark);
  const pick = <T>(list: T[]): T => list[Math.floor(random() * list.length)] as T; // the index is within the list
  const now = Date.now();
  const yearMs = 365 * 86_400_000;
  /** Six words as frequent as words are: the n-th one a n-th as often as the first. */
  const aside = () => Array.from({ length: 6 }, () => inSyllables(Math.floor(vocabulary ** random()))).join(" ");
  return {
    user(index: number): GeneratedUser {
      const first = pick(firstNames);
      // Digits that the look-alike rule keeps apart: written in letters.
      const username = `${first.toLowerCase()}-${mark}-${inLetters(index)}`.slice(0, 20);
      return {
        id: randomUUID(),
        username,
        name: `${first} ${pick(lastNames)}`,
        email: `${username}@generated.example`,
        bio: `Writes about ${pick(subjects)}.`,
        createdAt: new Date(now - yearMs - random() * yearMs),
      };
    },
    post(_index: number, authorIds: string[]): GeneratedPost {
      const paragraphs = Array.from({ length: 2 + Math.floor(random() * 4) }, () =>
        [...Array.from({ length: 2 + Math.floor(random() * 4) }, () => pick(sentences)), `${aside()}.`].join(" "),
      );
      return {
        // A few people write much, most write little.
        authorId: authorIds[Math.floor(random() ** 2 * authorIds.length)] as string, // the index is within the list
        title: `${pick(verbs)} ${pick(subjects)}`,
        body: paragraphs.join("\n\n"),
        bodyHtml: paragraphs.map((text) => `<p dir="auto">${text}</p>`).join(""),
        tags: [...new Set([pick(tags), pick(tags), pick(tags)])],
        publishedAt: new Date(now - random() * yearMs),
      };
    },
  };
}

function inSyllables(index: number): string {
  return [...String(index).padStart(2, "0")].map((digit) => syllables[Number(digit)]).join("");
}

/** mulberry32: small, fast, and the same on every machine. */
function createRandom(seed: string): () => number {
  let state = [...seed].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) | 0, 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A number in letters no two of which look alike, and that form no look-alike pair. */
function inLetters(index: number): string {
  const letters = "abdefghkpqrtxyz";
  let text = "";
  for (let rest = index; text === "" || rest > 0; rest = Math.floor(rest / letters.length)) {
    text += letters[rest % letters.length];
  }
  return text;
}
