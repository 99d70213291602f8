import { expect, test } from "vitest";
import { emailSchema } from "#app/auth/email.ts";

test.each([
  ["mina@example.org", "mina@example.org"],
  ["  Mina.S@Example.ORG \r\n", "mina.s@example.org"],
  ["o'brien+stoa@mail.example.org", "o'brien+stoa@mail.example.org"],
  ["mina@bücher.example", "mina@xn--bcher-kva.example"],
  ["mina@BÜCHER.example", "mina@xn--bcher-kva.example"],
  ["mina@bu\u0308cher.example", "mina@xn--bcher-kva.example"],
  ["mina@xn--bcher-kva.example", "mina@xn--bcher-kva.example"],
  ["mina@ｅｘａｍｐｌｅ。org", "mina@example.org"],
])("%j is the address %s", (typed, email) => {
  expect(emailSchema.parse(typed)).toBe(email);
  expect(emailSchema.parse(email)).toBe(email);
});

test.each([
  "",
  "mina",
  "mina@",
  "@example.org",
  "mina@example",
  "mina@@example.org",
  "mina@ev.il@example.org",
  "mina@example.org,eve@example.org",
  "mina@example.org;eve@example.org",
  "mina@example.org eve@example.org",
  "mina@example.org\r\nBcc: eve@example.org",
  "mina\r\n@example.org",
  "mina@exam\r\nple.org",
  "mina@exam\u0000ple.org",
  "mina\u0000@example.org",
  '"mina s"@example.org',
  "Mina <mina@example.org>",
  "<mina@example.org>",
  "mina(me)@example.org",
  ".mina@example.org",
  "mina.@example.org",
  "mi..na@example.org",
  "mіna@example.org",
  "mina\u200b@example.org",
  "mina@127.0.0.1",
  "mina@2130706433",
  "mina@[127.0.0.1]",
  "mina@0x7f.1",
  "mina@example.org:25",
  "mina@example.org/path",
  "mina@-example.org",
  "mina@example..org",
  "mina@example.org.",
  `${"m".repeat(65)}@example.org`,
  `mina@${"e".repeat(64)}.org`,
  `mina@${"example.".repeat(32)}org`,
  "m".repeat(100_000),
])("%j is no address", (typed) => {
  expect(emailSchema.safeParse(typed).success).toBe(false);
});

test("what is no text is answered in words", () => {
  for (const typed of [undefined, null, 7, ["mina@example.org"], { set: "mina@example.org" }]) {
    expect(emailSchema.safeParse(typed).error?.issues[0]?.message).toBe("Enter your e-mail address.");
  }
});
