import { expect, test } from "vitest";
import { send, siteUrl } from "#app/server/test-request.ts";

/** Pages, their .data twins and resource routes: the doors through which a change can come. */
const doors = [
  "/sign-in",
  "/sign-in.data",
  "/sign-out",
  "/join",
  "/p/1/reaction",
  "/api/auth/sign-in/email",
  "/nowhere",
];

const foreign: Record<string, Record<string, string>> = {
  "another site": { Origin: "https://evil.example" },
  "a hidden origin": { Origin: "null" },
  "a look-alike": { Origin: "http://localhost.evil.example:3000" },
  "another port": { Origin: "http://localhost:3001" },
  "another scheme": { Origin: "https://localhost:3000" },
  "a cross-site form without Origin": { "Sec-Fetch-Site": "cross-site" },
  "a neighbour's form without Origin": { "Sec-Fetch-Site": "same-site" },
  "a foreign Referer": { Referer: "https://evil.example/page" },
  "a Referer that is no address": { Referer: "nonsense" },
};

for (const [who, headers] of Object.entries(foreign)) {
  test.each(doors)(`a change sent by ${who} is refused at %s`, async (door) => {
    const answer = await send(door, { method: "POST", headers });
    expect(answer.status).toBe(403);
    expect(answer.statements).toEqual([]);
    expect(answer.headers.getSetCookie()).toEqual([]);
  });
}

test.each([{ Origin: siteUrl }, { "Sec-Fetch-Site": "same-origin" }, { Referer: `${siteUrl}/join` }, {}])(
  "a form of our own passes: %o",
  async (headers) => {
    const answer = await send("/sign-in", { method: "POST", headers: headers as Record<string, string> }); // each has only strings
    expect(answer.status).toBe(400);
  },
);

test("reading is allowed from anywhere", async () => {
  expect(
    (await send("/", { headers: { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" } })).status,
  ).toBe(200);
});
