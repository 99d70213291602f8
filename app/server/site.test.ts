import { request } from "node:http";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";

process.env.PORT = String(10_000 + (process.pid % 20_000));
process.env.HOST = "127.0.0.1";
const port = Number(process.env.PORT);

let stop: () => Promise<void>;

beforeAll(async () => {
  const { startSite } = await import("#app/server/site.server.ts");
  const site = await startSite({
    build: () => import("virtual:react-router/server-build"),
    devMiddleware: (_, __, next) => next(),
  });
  stop = site.stop;
});
afterAll(() => stop());

test("a person gets the feed over the network", async () => {
  const response = await fetch(`http://127.0.0.1:${port}/`);
  expect(response.status).toBe(200);
  expect(await response.text()).toContain("<main");
});

test.each(["PUT", "DELETE", "PATCH", "OPTIONS"])("%s is not spoken here", async (method) => {
  const response = await fetch(`http://127.0.0.1:${port}/`, { method });
  expect(response.status).toBe(405);
  expect(response.headers.get("Allow")).toBe("GET, HEAD, POST");
});

test("a body that says it is too large is refused before it is read", async () => {
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const sent = request(
      { port, host: "127.0.0.1", method: "POST", path: "/sign-in", headers: { "Content-Length": 500 * 1024 * 1024 } },
      (response) => {
        resolve(response.statusCode);
        sent.destroy();
      },
    );
    sent.on("error", reject);
    sent.flushHeaders();
  });
  expect(status).toBe(413);
});

test.each(["Host: [", "Host: a b", "Host: %", "Host: localhost\r\nX: y"])(
  "an odd address gets a plain answer: %s",
  async (host) => {
    const answer = await raw(`GET / HTTP/1.1\r\n${host}\r\nConnection: close\r\n\r\n`);
    expect(answer).toMatch(host.includes("X: y") ? /^HTTP\/1\.1 200/ : /^HTTP\/1\.1 400/);
  },
);

test.each(["/t/%00", "/u/a%00b", "*", "http://evil.example/"])("so does an odd target: %s", async (target) => {
  expect(await raw(`GET ${target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 400/,
  );
});

test.each(["localhost/hot?", "localhost#", "localhost?", "/", "\\", "", "somebody@localhost", "a/..//p/1?"])(
  "no Host changes which page is asked for: %s",
  async (host) => {
    expect(await raw(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400/);
  },
);

test.each([
  "HTTP/1.1\r\nHost: [::1]:3000",
  "HTTP/1.1\r\nHost: 127.0.0.1:80",
  "HTTP/1.1\r\nHost: stoa.example",
  "HTTP/1.0",
])("a plain one, or none where none is needed, is fine: %s", async (rest) => {
  expect(await raw(`GET /healthz ${rest}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1\.1 200/);
});

test("a body that does not say how long it is is refused", async () => {
  const answer = await raw(
    "POST /sign-in HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
  );
  expect(answer).toMatch(/^HTTP\/1\.1 411/);
});

test("a request that is no HTTP gets an error and harms nobody", async () => {
  expect(await raw("GARBAGE\r\n\r\n")).toMatch(/^HTTP\/1\.1 400/);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
});

test("no answer names the software or its version", async () => {
  const { headers } = await fetch(`http://127.0.0.1:${port}/`);
  expect(headers.get("Server")).toBeNull();
  expect(headers.get("X-Powered-By")).toBeNull();
});

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.on("data", (part) => {
      answer += part;
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
    setTimeout(() => socket.end(), 500);
  });
}
