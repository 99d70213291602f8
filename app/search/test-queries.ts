/** What people, cats and attackers type: pieces of searches put together at random, the same on each run. */
export function randomQueries(count: number): string[] {
  let state = 20_261_120;
  const next = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  const piece = () => (next(12) === 0 ? String.fromCodePoint(1 + next(0xd7ff)) : (pieces[next(pieces.length)] ?? ""));
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + next(12) }, () => piece() + (next(2) ? " " : "")).join(""),
  );
}

const pieces = [
  ...[
    "garden",
    "rain",
    "the",
    "a",
    "été",
    "Straße",
    "日本語",
    "ไทย",
    "العربية",
    "🏛️",
    "node.js",
    "C++",
    "don't",
    "x".repeat(90),
  ],
  ...[
    '"',
    "'",
    "-",
    "--",
    "*",
    ":",
    "(",
    ")",
    "&",
    "|",
    "!",
    "<->",
    "\\",
    "%",
    "_",
    "$1",
    "{",
    "}",
    "[",
    "]",
    "/*",
    ";",
    "@",
    "#",
  ],
  ...[
    "author:",
    "author:mina",
    "-author:omar",
    "tag:",
    "tag:books",
    "-tag:x",
    "#books",
    "before:",
    "before:2026-01-31",
  ],
  ...[
    "after:",
    "after:2026",
    "after:9999-12-31",
    "before:0001",
    "after:2026-13-45",
    "gard*",
    "*",
    "a*",
    "ga*rd",
    "-gard*",
  ],
  ...[
    "'; drop table posts; --",
    "<script>",
    "</mark>",
    "\ue000",
    "\ue001",
    "\ue002",
    "\u0000",
    "\n",
    "\t",
    "\ud800",
    "\u202e",
  ],
  ...["AND", "OR", "NOT", "null", "undefined", "1e9", "-1", "3.14", "http://example.org/a?b=c", "a@b.example"],
];
