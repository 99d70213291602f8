import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { isPublic, safeFetch } from "#app/server/safe-fetch.server.ts";

let base = "";
let asked: string[] = [];

const answer: RequestListener = ({ url = "" }, response) => {
  asked.push(url);
  if (url === "/ok") return response.end("a picture");
  if (url === "/moved") return response.writeHead(302, { Location: "/ok" }).end();
  if (url === "/round") return response.writeHead(302, { Location: "/round" }).end();
  if (url === "/inwards") return response.writeHead(302, { Location: "http://10.0.0.1/" }).end();
  if (url === "/file") return response.writeHead(302, { Location: "file:///etc/passwd" }).end();
  if (url === "/large") return response.end(Buffer.alloc(5 * 1024 * 1024 + 1));
  if (url === "/cut") {
    response.writeHead(200, { "Content-Length": "100" });
    response.write("half");
    return setTimeout(() => response.destroy(), 20);
  }
  if (url === "/never") return;
  return response.writeHead(500).end("broken");
};

const server = createServer(answer);

beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on a port
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test("what is there is fetched, also after it has moved", async () => {
  for (const path of ["/ok", "/moved"]) {
    expect((await safeFetch(base + path, { loopback: true })).toString()).toBe("a picture");
  }
});

test.each(["/round", "/inwards", "/file", "/large", "/cut", "/broken", "/never"])("%s is refused", async (path) => {
  await expect(safeFetch(base + path, { loopback: true, withinMs: 1_000 })).rejects.toThrow();
});

test.each([
  "http://example.org/",
  "https://user:pass@example.org/",
  "https://127.0.0.1/",
  "https://2130706433/",
  "https://0x7f.1/",
  "https://[::1]/",
  "https://[::ffff:127.0.0.1]/",
  "https://[fe80::1]/",
  "https://10.1.2.3/",
  "https://192.168.0.1/",
  "https://169.254.169.254/latest/meta-data/",
  "https://localhost/",
  "data:image/png;base64,AAAA",
  "nothing",
])("an address that leads inside, or is none, is not asked: %s", async (address) => {
  asked = [];
  await expect(safeFetch(address)).rejects.toThrow();
  expect(asked).toEqual([]);
});

test("addresses out on the Internet are told from those of somebody's own", () => {
  for (const address of ["1.1.1.1", "140.82.121.4", "2606:4700::1111"]) expect(isPublic(address), address).toBe(true);
  for (const address of ["0.0.0.0", "100.64.0.1", "172.31.255.255", "198.18.0.1", "224.0.0.1", "255.255.255.255"]) {
    expect(isPublic(address), address).toBe(false);
  }
  for (const address of ["::", "::1", "::ffff:8.8.8.8", "64:ff9b::a00:1", "2002:a00:1::", "fc00::1", "fe80::1", "x"]) {
    expect(isPublic(address), address).toBe(false);
  }
});
