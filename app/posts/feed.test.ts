import { expect, test } from "vitest";
import { send } from "#app/server/test-request.ts";

test("a visitor's empty feed says what will be here, in one statement and without scripts", async () => {
  const page = await send("/");
  expect(page.status).toBe(200);
  expect(page.statements).toHaveLength(1);
  expect(page.body).toContain("Nothing has been written yet");
  expect(page.body).not.toContain("<script");
});
