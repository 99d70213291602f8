import { expect, test } from "vitest";
import { createPerson } from "#app/auth/test-people.ts";
import { send } from "#app/server/test-request.ts";

test("two visitors get the same page, to the byte, without a cookie, a nonce or a script", async () => {
  const [one, other] = [await send("/", { from: "192.0.2.7" }), await send("/", { from: "198.51.100.7" })];
  expect(one.body).toBe(other.body);
  expect(one.headers.getSetCookie()).toEqual([]);
  expect(one.headers.get("Content-Security-Policy")).toContain("script-src 'none'");
  expect(one.headers.get("Content-Security-Policy")).not.toContain("nonce");
  expect(one.headers.get("Speculation-Rules")).toBe('"/speculation-rules.json"');
  expect(one.body).not.toMatch(/<script|nonce=|data-viewer/);
});

test("a form page has scripts that carry the answer's own nonce", async () => {
  const page = await send("/sign-in");
  const nonce = /'nonce-([^']+)'/.exec(page.headers.get("Content-Security-Policy") ?? "")?.[1];
  expect(nonce).toMatch(/^[\w-]{22}$/);
  const scripts = page.body.match(/<script[^>]*>/g) ?? [];
  expect(scripts.length).toBeGreaterThan(0);
  for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
});

test.each(["/", "/nowhere", "/robots.txt", "/_root.data", "/admin/users"])(
  "%s has the headers that keep others out",
  async (path) => {
    const { headers } = await send(path);
    expect(headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(headers.get("Referrer-Policy")).toBe("strict-origin-when-cross-origin");
    expect(headers.get("Cross-Origin-Opener-Policy")).toBe("same-origin");
    expect(headers.get("Content-Security-Policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("Content-Security-Policy")).not.toContain("unsafe");
  },
);

test("a page that does not exist says so, and offers the way back", async () => {
  const page = await send("/nowhere");
  expect(page.status).toBe(404);
  expect(page.body).toContain("Nothing is here");
  expect(page.headers.get("Cache-Control")).toBe("no-store");
});

test("HEAD answers as GET does, without a body", async () => {
  const page = await send("/", { method: "HEAD" });
  expect(page.status).toBe(200);
  expect(page.body).toBe("");
});

test("browsers are told which reading pages they may fetch ahead", async () => {
  const rules = await send("/speculation-rules.json");
  expect(rules.headers.get("Content-Type")).toBe("application/speculationrules+json");
  expect(JSON.parse(rules.body).prefetch[0].where.href_matches).toContain("/p/*");
});

test("the process says that it lives and that it can serve", async () => {
  expect((await send("/healthz")).statements).toEqual([]);
  expect(await send("/readyz")).toMatchObject({ status: 200, body: "ready\n" });
});

test("a picture is kept by browsers for good, also by members', and everything else of theirs by nobody", async () => {
  const { cookie } = await createPerson({ username: "mina" });
  const picture = "/avatars/01a1f833-2695-7726-b2d3-f140121b8ece.svg";
  expect((await send(picture, { cookie })).headers.get("Cache-Control")).toContain("immutable");
  for (const path of ["/", "/_root.data", "/u/mina", "/robots.txt"]) {
    expect((await send(path, { cookie })).headers.get("Cache-Control")).toBe("private, no-store");
  }
});

test("the service worker comes fresh at each visit, under a policy of its own", async () => {
  const { body, headers } = await send("/service-worker.js");
  expect(headers.get("Content-Type")).toBe("text/javascript; charset=utf-8");
  expect(headers.get("Cache-Control")).toBe("no-cache");
  expect(headers.get("Content-Security-Policy")).toBe("default-src 'none'; connect-src 'self'");
  expect(body).toContain('credentials: "omit"');
});
