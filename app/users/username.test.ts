import type { RouteConfigEntry } from "@react-router/dev/routes";
import { describe, expect, test } from "vitest";
import routes from "#app/routes.ts";
import { isReserved, skeletonOf, suggestUsernames, usernameProblem, usernameSchema } from "#app/users/username.ts";
import { cast } from "#prisma/demo/cast.ts";

describe("a username", () => {
  test.each(["mina", "Mina_S", "a-b", "agnes_v", "7up", "x1y2z3", "abcdefghijklmnopqrst"])("may be %s", (username) => {
    expect(usernameSchema.parse(username)).toBe(username);
  });

  test("loses the spaces around it and keeps its case", () => {
    expect(usernameSchema.parse("  MinaS ")).toBe("MinaS");
  });

  test.each([
    ["ab", "at least 3"],
    ["", "at least 3"],
    ["abcdefghijklmnopqrstu", "at most 20"],
    ["-mina", "Begin and end"],
    ["mina_", "Begin and end"],
    ["mi na", "letters a to z"],
    ["mina.s", "letters a to z"],
    ["mina\n", null],
    ["mi\u0000na", "letters a to z"],
    ["міна", "letters a to z"],
    ["minа", "letters a to z"],
    ["ｍｉｎａ", "letters a to z"],
    ["mi\u200bna", "letters a to z"],
    ["josé", "letters a to z"],
  ])("%j is answered in words", (username, message) => {
    const parsed = usernameSchema.safeParse(username);
    if (message === null) expect(parsed.data).toBe("mina");
    else expect(parsed.error?.issues[0]?.message).toContain(message);
  });

  test("that is not a text is refused with words, too", () => {
    expect(usernameSchema.safeParse(undefined).error?.issues[0]?.message).toBe("Choose a username.");
  });
});

describe("two usernames are the same to the eye", () => {
  test.each([
    ["mina", "MINA"],
    ["Iris", "lris"],
    ["bill", "b1ll"],
    ["bill", "BIII"],
    ["modern", "modem"],
    ["ow1", "0wl"],
    ["flow", "f1ovv"],
    ["Burns", "BUMS"],
    ["mary_ann", "mary-ann"],
    ["mary__ann", "mary_ann"],
    ["BOSS", "B055"],
    ["zoe", "2oe"],
    ["bob", "8o8"],
  ])("%s and %s", (one, other) => {
    expect(skeletonOf(one)).toBe(skeletonOf(other));
  });

  test.each([
    ["mina", "nina"],
    ["mary-ann", "maryann"],
    ["clara", "dara"],
    ["anna", "ama"],
    ["room2", "room5"],
    ["room3", "room6"],
  ])("but not %s and %s", (one, other) => {
    expect(skeletonOf(one)).not.toBe(skeletonOf(other));
  });
});

describe("reserved", () => {
  test.each([
    "admin",
    "Admin",
    "ADM1N",
    "adm-in",
    "a_d_m_i_n",
    "rnoderator",
    "m0derator",
    "stoa",
    "ST0A",
    "5toa",
    "support",
    "nu1l",
    "undefined",
    "everyone",
    "de1eted",
    "sign-in",
    "signin",
    "off1cial",
  ])("is %s", (username) => {
    expect(usernameProblem(username)).toContain("reserved");
  });

  test("is every first segment of the site's addresses", () => {
    const missing = firstSegments(routes).filter((segment) => !isReserved(segment));
    expect(missing).toEqual([]);
    expect(firstSegments(routes)).toContain("sign-in");
    expect(firstSegments(routes)).toContain("admin");
  });

  test("is nobody of the demo's cast, and no two of them look alike", () => {
    for (const { username } of cast) expect(usernameProblem(username)).toBeNull();
    expect(new Set(cast.map(({ username }) => skeletonOf(username))).size).toBe(cast.length);
  });
});

describe("suggestions", () => {
  test("are made of the name and of the address, well formed all of them", () => {
    const suggestions = suggestUsernames("Mina Sørensen", "mina.s+stoa@example.org");
    expect(suggestions.slice(0, 3)).toEqual(["mina-sorensen", "mina", "mina-s"]);
    for (const each of suggestions) expect(usernameProblem(each)).toBeNull();
  });

  test("stay within twenty characters and off the reserved list", () => {
    for (const each of suggestUsernames("Admin", "a-very-long-name-indeed-it-is@example.org")) {
      expect(usernameProblem(each)).toBeNull();
    }
    expect(suggestUsernames("Admin")).not.toContain("admin");
  });

  test("are none where nothing can be made of what is known", () => {
    expect(suggestUsernames("遥", "")).toEqual([]);
  });
});

/** The first segment of every address in the site map. */
function firstSegments(entries: RouteConfigEntry[]): string[] {
  const segments = entries.flatMap(({ path, children }) =>
    path ? [path.split("/")[0] ?? ""] : firstSegments(children ?? []),
  );
  return [...new Set(segments)].filter((segment) => segment !== "*" && !segment.startsWith(":"));
}
