import { expect, test } from "vitest";
import { nameSchema } from "#app/users/name.ts";

test.each([
  ["Mina Sørensen", "Mina Sørensen"],
  ["  Mina \t\n Sørensen ", "Mina Sørensen"],
  ["يسرى المنصوري", "يسرى المنصوري"],
  ["森田 遥", "森田 遥"],
  ["A\u0301gnes", "Ágnes"],
  ["👩‍🌾", "👩‍🌾"],
  ["می‌خواهم", "می‌خواهم"],
  ["x".repeat(60), "x".repeat(60)],
  ["🌱".repeat(60), "🌱".repeat(60)],
])("%j is a name", (typed, name) => {
  expect(nameSchema.parse(typed)).toBe(name);
});

test.each([
  "",
  "   ",
  "\u200b",
  "\u3164\u3164",
  "\u2800",
  "x".repeat(61),
  "🌱".repeat(61),
  "x".repeat(100_000),
  "Mina\u202eneroS",
  "Mina\u2066",
  "Mi\u0000na",
  "Mi\u200bna",
  "Mina\ud800",
  "M\u0301\u0301\u0301\u0301\u0301\u0301ina",
])("%j is none", (typed) => {
  expect(nameSchema.safeParse(typed).success).toBe(false);
});

test("what is no text is answered in words", () => {
  expect(nameSchema.safeParse({ set: "Mina" }).error?.issues[0]?.message).toBe("Enter your name.");
});
