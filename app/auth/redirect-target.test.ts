import { expect, test } from "vitest";
import { redirectTarget } from "#app/auth/redirect-target.ts";

test.each([
  ["/new", "/new"],
  ["/p/12/a-title?after=x#comments", "/p/12/a-title?after=x#comments"],
  ["/search?q=ö", "/search?q=%C3%B6"],
])("%s is a page of this site", (asked, target) => {
  expect(redirectTarget(asked)).toBe(target);
});

test.each([
  undefined,
  null,
  "",
  ["/new"],
  "new",
  "https://evil.example/",
  "//evil.example/",
  "/\\evil.example",
  "\\/evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/%09/evil.example\u0000",
  "/.//evil.example",
  "/x/..//evil.example",
  "javascript:alert(1)",
  "/sign-in",
  "/sign-out",
  "/join/code",
  " /new",
])("%j leads to the feed", (asked) => {
  expect(redirectTarget(asked)).toBe("/");
});
