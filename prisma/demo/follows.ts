/** Whom the cast follows, and after the people the tags. `nils` has followed nobody yet. */
const follows: Record<string, string> = {
  iris: "omar mina kwame desmond linwei #meta #postgres #walking",
  omar: "iris mina yusra teodora elspeth agnes_v #books #history",
  mina: "iris omar kwame tomasz priyanka marcus-b desmond #gardening #software #bread",
  teodora: "mina lucia-p elspeth #books #language",
  desmond: "kwame marcus-b tomasz #transport #cities #maps",
  yusra: "dalia omar haruka #language #translation",
  haruka: "linwei yusra elspeth #books #astronomy",
  agnes_v: "teodora bram lucia-p #craft #history",
  bram: "mina marcus-b agnes_v #bread #cooking",
  "lucia-p": "agnes_v teodora mina ottilie #craft #instruments",
  kwame: "desmond iris mina tomasz linwei #software #cities",
  priyanka: "mina linwei kwame #cooking #python",
  tomasz: "mina kwame iris desmond #postgres #work",
  elspeth: "teodora omar haruka finn #walking #weather",
  joaquim: "lucia-p ottilie #music",
  linwei: "haruka kwame #astronomy #photography",
  dalia: "yusra omar grace-w #health #work",
  "marcus-b": "mina bram desmond #gardening #bread",
  ottilie: "joaquim lucia-p #music #instruments",
  finn: "elspeth pavel mina #walking #software",
  pavel: "finn tomasz #rust #typescript",
  "grace-w": "dalia mina omar #health #books",
};

export function followsOf(username: string): string[] {
  return wordsOf(username).filter((word) => !word.startsWith("#"));
}

export function tagsFollowedBy(username: string): string[] {
  return wordsOf(username)
    .filter((word) => word.startsWith("#"))
    .map((word) => word.slice(1));
}

function wordsOf(username: string): string[] {
  return follows[username]?.split(" ") ?? [];
}
