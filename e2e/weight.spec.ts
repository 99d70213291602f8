import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./stage.ts";

/** What a page sends over the wire, by kind, in bytes as they were compressed. */
async function weigh(page: Page, address: string): Promise<Record<string, number>> {
  const sent: Promise<[string, number]>[] = [];
  page.on("requestfinished", (request) => {
    sent.push(request.sizes().then(({ responseBodySize }) => [request.resourceType(), responseBodySize]));
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const weights: Record<string, number> = {};
  for (const [kind, bytes] of await Promise.all(sent)) weights[kind] = (weights[kind] ?? 0) + bytes;
  return weights;
}

test("a visitor's feed is a page of 12 kB and a sheet of 10 kB, without scripts", async ({ page }) => {
  const { document = 0, stylesheet = 0, script = 0 } = await weigh(page, "/");
  expect(document).toBeGreaterThan(1_000);
  expect(document).toBeLessThanOrEqual(12_000);
  expect(stylesheet).toBeGreaterThan(1_000);
  expect(stylesheet).toBeLessThanOrEqual(10_000);
  expect(script).toBe(0);
});

test("a member's feed brings 130 kB of scripts at most", async ({ page, browser, baseURL }) => {
  await signIn(page, "mina");
  // Nothing is in this browser yet.
  const context = await browser.newContext({ storageState: await page.context().storageState(), baseURL });
  const { script = 0 } = await weigh(await context.newPage(), "/");
  await context.close();
  expect(script).toBeGreaterThan(10_000);
  expect(script).toBeLessThanOrEqual(130_000);
});
