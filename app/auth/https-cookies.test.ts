import { expect, test } from "vitest";

process.env.SITE_URL = "https://stoa.example.org";

const { auth } = await import("#app/auth/better-auth.server.ts");
const { deviceCookie } = await import("#app/auth/device-cookie.server.ts");
const { expiredJoinCookie, joinCookie } = await import("#app/auth/join-cookie.server.ts");
const { expiredSessionCookie, sessionCookie } = await import("#app/auth/session-cookie.server.ts");

test("on https every cookie is secure, tied to this host, and out of scripts' reach", () => {
  for (const cookie of [
    sessionCookie("t"),
    expiredSessionCookie(),
    joinCookie("t"),
    expiredJoinCookie(),
    deviceCookie("e"),
  ]) {
    expect(cookie).toMatch(/^__Host-stoa_(session|join|device)=/);
    for (const attribute of ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"]) {
      expect(cookie).toContain(attribute);
    }
    expect(cookie).not.toContain("Domain");
  }
});

test("Better Auth would set the same cookie", async () => {
  const { authCookies } = await auth().$context;
  expect(authCookies.sessionToken.name).toBe("__Host-stoa_session");
  expect(authCookies.sessionToken.attributes).toMatchObject({
    path: "/",
    httpOnly: true,
    sameSite: "lax",
    secure: true,
  });
  expect(authCookies.sessionToken.attributes).not.toHaveProperty("domain");
});
