import { expect, test } from "vitest";
import { roughExcerptOf } from "#app/markdown/excerpt.server.ts";
import { draftTags, isEmptyText, isSameText } from "#app/posts/kept-text.ts";
import { emptyPost } from "#app/posts/post-form.ts";

test("a text is the same when what is kept of it is the same", () => {
  const text = { ...emptyPost, title: "A  title ", body: "One\r\ntwo \n", tags: "a,b ,, c" };
  expect(isSameText(text, { ...emptyPost, title: "A title", body: "One\ntwo", tags: "a, b, c" })).toBe(true);
  expect(isSameText(text, { ...text, body: "One\n\ntwo" })).toBe(false);
  expect(isSameText(text, { ...text, warning: "spiders" })).toBe(false);
});

test("a form with nothing to see in it is empty; one with only a tag is not", () => {
  expect(isEmptyText({ ...emptyPost, title: " \u2800 ", body: "\n\n" })).toBe(true);
  expect(isEmptyText({ ...emptyPost, tags: "work" })).toBe(false);
});

test("a draft's tags come back as they were typed, also too many of them", () => {
  for (const typed of ["", "one", "c++, Urban Planning", "a, b, c, d, e", "a, b, c, d, e, f, g, h"])
    expect(draftTags(typed).join(", ")).toBe(typed);
  expect(draftTags("a, b, c, d, e, f, g")).toHaveLength(5);
});

test("a rough excerpt leaves the marks out, and costs as little for a text made to cost much", () => {
  expect(
    roughExcerptOf("# Heading\n\n> - *Soft* and **strong**, [a link](https://example.org), ![x](/media/a.webp)`code`"),
  ).toBe("Heading - Soft and strong, a link, code");
  for (const odd of ["[".repeat(50_000), "![](".repeat(12_000), "*_~`".repeat(12_000), "> ".repeat(25_000)])
    expect(roughExcerptOf(odd).length).toBeLessThanOrEqual(280);
});
