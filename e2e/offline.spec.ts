import type { BrowserContext, Page } from "@playwright/test";
import { expect, signIn, test } from "./stage.ts";

/** Waits until the page at that path is on the device, as its service worker keeps it. */
async function expectKept(page: Page, path: string): Promise<void> {
  await expect
    .poll(() => page.evaluate(async (asked) => Boolean(await caches.match(asked)), path), { timeout: 15_000 })
    .toBe(true);
}

/** Everything that the device keeps, as text. */
function keptTexts(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const texts: string[] = [];
    for (const name of await caches.keys()) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        const response = await cache.match(request);
        const isText = /html|json/.test(response?.headers.get("content-type") ?? "");
        texts.push(request.url, isText ? ((await response?.text()) ?? "") : "");
      }
    }
    return texts.join("\n");
  });
}

async function offline(context: BrowserContext, work: () => Promise<void>): Promise<void> {
  await context.setOffline(true);
  await work();
  await context.setOffline(false);
}

test("what a member has read stays readable without a connection, and nothing that only they may see is kept", async ({
  page,
  context,
}) => {
  await signIn(page, "elspeth");
  await page.goto("/");
  const first = page.getByRole("main").getByRole("article").first().getByRole("heading").getByRole("link");
  const title = (await first.textContent()) ?? "";
  await first.click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  const path = new URL(page.url()).pathname;
  await expectKept(page, path);
  await expectKept(page, "/offline");
  await page.goto("/drafts");
  await page.goto("/settings/profile");
  const kept = await keptTexts(page);
  expect(kept).not.toMatch(/data-viewer|\/drafts\n|\/settings\/profile\n/);

  await offline(context, async () => {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
    await expect(page.getByText("You are offline. This is how visitors saw this page on")).toBeVisible();
    await expect(page.locator("html")).not.toHaveAttribute("data-viewer");
    await page.getByRole("link", { name: "Other pages on this device" }).click();
    await expect(page.getByRole("list").getByRole("link", { name: title })).toBeVisible();
    await page.goto("/p/999999");
    await expect(page.getByText("the page that you asked for is not on this device")).toBeVisible();
    await page.getByRole("link", { name: title }).click();
    await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  });

  await page.goto(path);
  await expect(page.locator("html")).toHaveAttribute("data-viewer", "elspeth");
  await expect(page.getByText("You are offline")).toHaveCount(0);
});

test("a member who loses the connection is told, and goes on with what is on the device", async ({ page, context }) => {
  await signIn(page, "tomasz");
  await page.goto("/");
  await expectKept(page, "/");
  const link = page.getByRole("main").getByRole("article").nth(3).getByRole("heading").getByRole("link");
  await offline(context, async () => {
    await link.click();
    await expect(page.getByRole("heading", { name: "This page did not arrive" })).toBeVisible();
    await page.getByRole("link", { name: "Pages on this device" }).click();
    await expect(page.getByRole("heading", { name: "On this device" })).toBeVisible();
    await page.getByRole("listitem").getByRole("link").first().click();
    await expect(page.getByRole("main").getByRole("article")).toHaveCount(25);
  });
});

test("a text that was sent without a connection stays in its form", async ({ page, context }) => {
  await signIn(page, "joaquim");
  await page.goto("/new");
  await page.getByLabel("Title").fill("Written on a train");
  await page.getByLabel("Text", { exact: true }).fill("Between two tunnels.");
  await page.getByLabel("Tags").fill("trains");
  await offline(context, async () => {
    await page.getByRole("button", { name: "Publish" }).click();
    await expect(page.getByText("Check your connection")).toBeVisible();
    await expect(page.getByLabel("Text", { exact: true })).toHaveValue("Between two tunnels.");
    await expect(page.getByLabel("Title")).toHaveValue("Written on a train");
  });
});

test("whoever signs out leaves no trace of what they read", async ({ page }) => {
  await signIn(page, "priyanka");
  await page.goto("/t/gardening");
  await expectKept(page, "/t/gardening");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.locator("html")).not.toHaveAttribute("data-viewer");
  const pages = await page.evaluate(async () =>
    (await (await caches.open("stoa-pages-1")).keys()).map(({ url }) => url),
  );
  expect(pages.map((url) => new URL(url).pathname)).toEqual(["/offline"]);
});
