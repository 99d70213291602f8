import { expect, test } from "vitest";
import { diffTexts } from "#app/history/diff.server.ts";
import type { DiffPart } from "#app/history/history.ts";

/** What is in a change, as one line: [-out-] and [+in+]. */
function written(parts: DiffPart[]): string {
  return parts
    .map((part) => {
      if (part.kind === "gap") return `(${part.lines} lines)`;
      return part.kind === "same" ? part.text : part.kind === "added" ? `[+${part.text}+]` : `[-${part.text}-]`;
    })
    .join("");
}

/** One of the two texts; whether its last line has a break is not told apart. */
function side(parts: DiffPart[], without: "added" | "removed"): string {
  return parts
    .map((part) => (part.kind === "gap" || part.kind === without ? "" : part.text))
    .join("")
    .trimEnd();
}

test.each([
  ["one word for another", "It rained all day.", "It snowed all day.", "It [-rained-][+snowed+] all day."],
  [
    "a phrase for another",
    "We had it all here.",
    "We know little of it here.",
    "We [-had it all-][+know little of it+] here.",
  ],
  ["a line put in", "one\ntwo", "one\nand\ntwo", "one\n[+and\n+]two"],
  ["a line taken out at the end", "one\ntwo", "one", "one\n[-two-]"],
  ["everything written", "", "words", "[+words+]"],
  ["everything taken out", "words", "", "[-words-]"],
  ["words of another script", "сегодня дождь", "сегодня снег", "сегодня [-дождь-][+снег+]"],
  ["signs of Markdown", "**bold** text", "*bold* text", "*[-*-]bold*[-*-] text"],
])("%s", (_, before, after, expected) => {
  expect(written(diffTexts(before, after))).toBe(expected);
});

test("the two texts can be read out of their difference", () => {
  const before = "# Title\n\nA long line about rain in the city.\n\n- one\n- two\n\nend";
  const after = "# Titles\n\nA line about the rain in a city.\n\n- two\n- three\n\nend.";
  const parts = diffTexts(before, after);
  expect(side(parts, "added")).toBe(before);
  expect(side(parts, "removed")).toBe(after);
});

test("of a long text only the neighbourhood of a change is shown", () => {
  const lines = Array.from({ length: 100 }, (_, index) => `line ${index}`);
  const parts = diffTexts(lines.join("\n"), lines.with(50, "another").join("\n"));
  expect(written(parts)).toContain("(48 lines)line 48\nline 49\n");
  expect(parts.filter(({ kind }) => kind === "gap")).toHaveLength(2);
});

test("two texts of the greatest length that have nothing in common are shown one after the other", () => {
  const words = (seed: number) => Array.from({ length: 8_000 }, (_, index) => `w${(index * seed) % 7919}`).join(" ");
  const noise = (seed: number) => Array.from({ length: 12_000 }, (_, index) => `${(index * seed) % 997}`).join("\n");
  for (const [before, after] of [
    [words(3), words(5)],
    [noise(3), noise(5)],
    ["a".repeat(50_000), "bc".repeat(25_000)],
  ] as const) {
    const parts = diffTexts(before, after);
    expect(side(parts, "added")).toBe(before);
    expect(side(parts, "removed")).toBe(after);
  }
});
