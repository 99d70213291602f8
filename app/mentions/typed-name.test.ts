import { expect, test } from "vitest";
import { typedNameBefore } from "#app/mentions/typed-name.ts";

test.each([
  ["@", { start: 0, typed: "" }],
  ["Ask @mi", { start: 4, typed: "mi" }],
  ["(@Mina-S", { start: 1, typed: "Mina-S" }],
  ["line\n@sør", { start: 5, typed: "sør" }],
  [`${"long ".repeat(200)}@mi`, { start: 1000, typed: "mi" }],
])("after %j a name is being typed", (text, name) => {
  expect(typedNameBefore(text, text.length)).toEqual(name);
});

test.each(["", "Ask ", "@mina ", "me@mi", "me@mi.ex", "/@mi", "@mi.", "@@mi", `@${"x".repeat(31)}`, "5+@mi"])(
  "after %j no name is being typed",
  (text) => {
    expect(typedNameBefore(text, text.length)).toBeNull();
  },
);

test("what stands behind the caret is no part of the name", () => {
  expect(typedNameBefore("@mina and", 3)).toEqual({ start: 0, typed: "mi" });
});
