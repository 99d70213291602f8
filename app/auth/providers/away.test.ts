import { afterAll, expect, test } from "vitest";
import { departureOf, startProvider, throughProvider } from "#app/auth/providers/test-openid.ts";
import { TestBrowser } from "#app/auth/test-browser.ts";
import { createPerson } from "#app/auth/test-people.ts";

const acme = await startProvider();

afterAll(() => acme.stop());

test("a provider that does not answer is said to be away, at the door and on the way back; nothing else is", async () => {
  for (const wrong of [
    { status: 503, body: "{}" },
    { status: 200, body: "no JSON" },
    { status: 200, body: JSON.stringify({ issuer: "https://evil.example" }) },
  ]) {
    acme.tamper = () => wrong;
    const refused = await new TestBrowser().post("/sign-in/with/oidc", {});
    expect([refused.status, refused.headers.get("refresh")]).toEqual([400, null]);
    expect(refused.body).toContain("Every other way in works as always.");
  }
  acme.tamper = (path) => (path.startsWith("/jwks") ? { status: 500, body: "{}" } : null);
  const unsigned = new TestBrowser();
  expect(
    (await unsigned.get(await throughProvider(departureOf(await unsigned.post("/sign-in/with/oidc", {}))))).status,
  ).toBe(400);
  acme.tamper = null;
  const browser = new TestBrowser();
  const back = await throughProvider(departureOf(await browser.post("/sign-in/with/oidc", {})));
  await acme.stop();
  const answer = await browser.get(back);
  expect(answer.status).toBe(400);
  expect(answer.body).toContain("Acme does not answer");
  const mina = await createPerson({ username: "mina" });
  await browser.post("/sign-in", { identifier: "mina", password: mina.password });
  expect(await browser.identity()).toBe("viewer mina");
});
