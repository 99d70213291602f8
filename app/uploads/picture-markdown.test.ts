import { expect, test } from "vitest";
import { asParagraphs, describedPicture, picturesIn, placeholderFor } from "#app/uploads/picture-markdown.ts";

const address = "/media/0123456789abcdef-320x200.webp";

test("whatever is written of a picture stays its description, and comes back as it was written", () => {
  for (const words of ["A red wall", "a [b] c", "](javascript:alert(1))", "back\\slash \\] end", "日本語 🌱", ""]) {
    const text = `Before ${describedPicture(address, words)} after`;
    expect(picturesIn(text)).toEqual([{ address, description: words, start: 7, end: text.length - 6 }]);
  }
});

test("only pictures of this site are asked about", () => {
  expect(picturesIn("![](https://example.org/a.png) [](/media/a.webp) ![a](/media/../etc)")).toEqual([]);
});

test("a placeholder is a picture's Markdown, whatever the file is called", () => {
  expect(placeholderFor("my [odd](name)\n.png", 2)).toBe("![Sending my odd name .png (2) …]()");
  expect(placeholderFor("", 1)).toBe("![Sending picture (1) …]()");
  expect(placeholderFor("x".repeat(500), 1).length).toBeLessThan(100);
});

test("a picture stands in a paragraph of its own, with no more empty lines than it needs", () => {
  expect(asParagraphs("", 0, 0, "P")).toBe("P\n\n");
  expect(asParagraphs("ab", 1, 1, "P")).toBe("\n\nP\n\n");
  expect(asParagraphs("a\nb", 2, 2, "P")).toBe("\nP\n\n");
  expect(asParagraphs("a\n\n\n\nb", 3, 3, "P")).toBe("P");
});
