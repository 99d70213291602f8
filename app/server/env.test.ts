import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { clientAddressOf } from "#app/server/client-address.server.ts";
import { readSettings, SettingsError, settingsSchema } from "#app/server/env.server.ts";

const enough = { DATABASE_URL: "postgres://stoa@127.0.0.1/stoa", AUTH_SECRET: "0123456789abcdefghijklmnopqrstuvwxyz" };

test("an operator finds every setting in .env.example, and none that does not exist", async () => {
  const example = await readFile(".env.example", "utf8");
  const named = [...example.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]).sort();
  const known = Object.keys(settingsSchema.shape).filter((name) => name !== "STOA_COMMAND");
  expect(named).toEqual(known.sort());
});

test("an operator gets one clear line for each wrong setting", () => {
  const wrong = { PORT: "80000", AUTH_SECRET: "short", SITE_URL: "stoa.example.org", TRUSTED_PROXIES: "10.0.0.0/40" };
  try {
    readSettings(wrong);
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(SettingsError);
    const { lines } = error as SettingsError; // just asserted
    expect(lines.map((line) => line.split(" ")[0]).sort()).toEqual([
      "AUTH_SECRET",
      "DATABASE_URL",
      "PORT",
      "SITE_URL",
      "TRUSTED_PROXIES",
    ]);
  }
});

test.each(["a".repeat(40), "changeme".repeat(6), "1234567890".repeat(4)])("a weak secret is refused: %s", (secret) => {
  expect(() => readSettings({ ...enough, AUTH_SECRET: secret })).toThrow(/AUTH_SECRET is too weak/);
});

test("a way in by another site is given whole or not at all, and never unencrypted over a network", () => {
  const said = (more: object) => {
    try {
      return readSettings({ ...enough, ...more }).providers;
    } catch (error) {
      return (error as SettingsError).lines; // nothing else is thrown
    }
  };
  const whole = { OIDC_ISSUER: "https://id.example", OIDC_CLIENT_ID: "a", OIDC_CLIENT_SECRET: "b", OIDC_NAME: "Acme" };
  expect(said({})).toEqual({ github: undefined, oidc: undefined });
  expect(said({ GITHUB_CLIENT_ID: "", GITHUB_CLIENT_SECRET: "" })).toMatchObject({ github: undefined });
  expect(said({ GITHUB_CLIENT_ID: "a" })).toEqual([expect.stringMatching(/^GITHUB_CLIENT_SECRET is missing/)]);
  expect(said({ ...whole, OIDC_NAME: "", OIDC_CLIENT_ID: "" })).toEqual([
    expect.stringMatching(/^OIDC_CLIENT_ID, OIDC_NAME are missing/),
  ]);
  expect(said(whole)).toMatchObject({ oidc: { issuer: "https://id.example", name: "Acme" } });
  expect(said({ ...whole, OIDC_ISSUER: "http://id.example" })).toEqual([expect.stringMatching(/^OIDC_ISSUER must be/)]);
  expect(said({ ...whole, OIDC_ISSUER: "http://127.0.0.1:4000" })).toMatchObject({ oidc: { name: "Acme" } });
});

test("secure cookies follow the site's address", () => {
  expect(readSettings({ ...enough, SITE_URL: "https://stoa.example.org" }).https).toBe(true);
  expect(readSettings(enough).https).toBe(false);
});

test("a stranger's X-Forwarded-For changes nothing; a trusted proxy's is read from the near end", () => {
  const request = (peer: string, forwarded?: string) => ({
    socket: { remoteAddress: peer } as never, // all that is read of a socket
    headers: { "x-forwarded-for": forwarded },
  });
  expect(clientAddressOf(request("203.0.113.9", "198.51.100.1"))).toBe("203.0.113.9");
  expect(clientAddressOf(request("::ffff:203.0.113.9"))).toBe("203.0.113.9");
});
