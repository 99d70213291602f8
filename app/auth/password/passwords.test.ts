import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hashWords, readHashedWords } from "#app/auth/password/hashed-words.server.ts";
import leakedPasswords from "#app/auth/password/leaked-passwords.txt?raw";
import { newPasswordSchema } from "#app/auth/password/password.ts";
import { passwordProblem } from "#app/auth/password/password-rules.server.ts";
import { hashPassword, verifyPassword } from "#app/auth/password/passwords.server.ts";

describe("a password", () => {
  test("is kept as argon2id at OWASP's cost, with a salt of its own", async () => {
    const [one, two] = await Promise.all([hashPassword("four quiet columns"), hashPassword("four quiet columns")]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(one).not.toBe(two);
    expect(one).not.toContain("columns");
  });

  test("opens what it closed, and no other does", async () => {
    const hash = await hashPassword("four quiet columns");
    expect(await verifyPassword(hash, "four quiet columns")).toBe(true);
    expect(await verifyPassword(hash, "Four quiet columns")).toBe(false);
    expect(await verifyPassword(hash, "")).toBe(false);
  });

  test("is the same on a keyboard that composes its accents differently", async () => {
    const hash = await hashPassword("caf\u00e9 at the corner");
    expect(await verifyPassword(hash, "cafe\u0301 at the corner")).toBe(true);
  });

  test("never fits a person who is unknown or has none", async () => {
    expect(await verifyPassword(null, "four quiet columns")).toBe(false);
    expect(await verifyPassword(null, "")).toBe(false);
    expect(await verifyPassword("", "")).toBe(false);
    expect(await verifyPassword("$argon2id$nonsense", "")).toBe(false);
  });

  test("has 8 to 128 characters", () => {
    expect(newPasswordSchema.safeParse("7 chars").success).toBe(false);
    expect(newPasswordSchema.safeParse("8 chars.").success).toBe(true);
    expect(newPasswordSchema.safeParse("x".repeat(128)).success).toBe(true);
    expect(newPasswordSchema.safeParse("x".repeat(129)).success).toBe(false);
    expect(newPasswordSchema.safeParse({ set: "four quiet columns" }).success).toBe(false);
  });
});

describe("refused as too common", () => {
  test.each([
    "password",
    "Password",
    "P@ssw0rd",
    "Password123!",
    "passwordpassword",
    "12345678",
    "1234567890",
    "qwertyuiop",
    "Qwerty2024!",
    "letmein1",
    "iloveyou",
    "sunshine99",
    "Dragon2024!",
    "dr4g0n1990",
    "1q2w3e4r",
    "football",
    "aaaaaaaa",
    "abababab",
    "11112222",
    "correct horse battery staple",
    "trustno1",
    "transformers",
    "w8woord!",
    "DevilMayCry4",
    "aq1sw2de3",
    "Schalke04",
  ])("is %s", (password) => {
    expect(passwordProblem(password)).not.toBeNull();
  });

  test.each(["four quiet columns", "walk-read-talk-2026", "dragonfly over the pond", "k7Qz!pWm", "Ἀθῆναι 2026 στοά"])(
    "is not %s",
    (password) => {
      expect(passwordProblem(password)).toBeNull();
    },
  );

  test.each(["minasorensen", "Mina-Sorensen7", "mina.s@example.org", "M1na-Sorensen", "stoastoa", "Stoa2026!"])(
    "is one's own name, one's address or the site's name: %s",
    (password) => {
      expect(passwordProblem(password, ["mina-sorensen", "Mina Sørensen", "mina.s@example.org"])).not.toBeNull();
    },
  );
});

describe("the list of leaked passwords", () => {
  const leaked = readHashedWords(leakedPasswords);

  test("is large, and small in the repository", () => {
    expect(leaked.size).toBeGreaterThan(40_000);
    expect(leakedPasswords.length).toBeLessThan(400_000);
  });

  test("has every word that it was made of", () => {
    const words = Array.from({ length: 1_000 }, (_, n) => `word ${n}`);
    const list = readHashedWords(hashWords(words));
    expect(words.filter((word) => !list.has(word))).toEqual([]);
    expect(list.has("another word")).toBe(false);
  });

  // One in 100,000 is what its size gives: 40,000 of 2^32.
  test("takes about one word of 100,000 for one of its own that is not", () => {
    const words = Array.from({ length: 300_000 }, (_, n) => `no leaked word ${n}`);
    expect(words.filter((word) => leaked.has(word)).length).toBeLessThan(15);
  });

  test("stands in the way of no password that a password manager makes", () => {
    const made = Array.from({ length: 20_000 }, (_, n) => createHash("sha256").update(`${n}`).digest("base64url"));
    expect(made.filter((each) => passwordProblem(each.slice(0, 16)) !== null)).toEqual([]);
  });
});
